import CourseKit
import JudgeSupport
import TwoHiddenLayersTask
import XCTest

final class InitializationTests: TwoHiddenLayersCase {
  /// Fan-in and fan-out far apart, up and down, and very few.
  private static let sizes = [
    [784, 128, 64, 10], [60, 400, 300, 20], [2, 900, 3, 400], [1, 3_000, 1, 500],
  ]

  private static let small = [
    [6, 5, 4, 3], [1, 1, 1, 2], [9, 1, 12, 11], [1, 6, 4, 10], [7, 4, 6, 10],
  ]

  func testZero() throws {
    for sizes in Self.small + Self.sizes {
      let yours = try ask(.zero, sizes, seed)
      guard checkShapes(of: yours, sizes: sizes) else { return }
      for (name, tensor) in yours.tensors { expectZero(tensor, name) }
    }
    // Who keeps parameters by their sizes and the generator has others then.
    lastly { [self] in
      let sizes = Self.small[0]
      guard provoke([{ _ = try self.ask(.gaussian(0.5), sizes, 7) }]) else { return }
      for (name, tensor) in try ask(.zero, sizes, 7).tensors { expectZero(tensor, name) }
    }
  }

  /// Biases too, as on the slide.
  func testGaussian() throws {
    var generator = generator()
    let deviation = generator.uniform(in: 0.1...0.9)
    guard try judgeSmall(.gaussian(deviation), unlike: .gaussian(2 * deviation)) else { return }
    var numbers = Numbers()
    // Its own, very small and large ones, and those that people choose.
    let scales = [deviation, 0x1p-60, 0x1p60, 1]
    let plain = [1, 0.1, 0.01].map { ([50, 40, 60, 30], $0) }
    for (sizes, deviation) in Array(zip(Self.sizes, scales)) + plain {
      guard let yours = try draw(.gaussian(deviation), sizes) else { return }
      for (name, tensor) in yours.tensors {
        numbers.add(tensor / deviation, name)
        expectNormal(tensor, deviation, name)
      }
    }
    expectNormal(numbers)
  }

  func testXavier() throws { try judge(.xavier) { 1 / $0 } }

  func testKaiming() throws { try judge(.kaiming) { 2 / $0 } }

  private func judge(
    _ kind: Initializer,
    variance: (Double) -> Double
  ) throws {
    guard try judgeSmall(kind, unlike: .gaussian(0.7)) else { return }
    var numbers = Numbers()
    for sizes in Self.sizes {
      guard let yours = try draw(kind, sizes) else { return }
      for (name, w) in [("w1", yours.w1), ("w2", yours.w2), ("w3", yours.w3)] {
        let deviation = variance(Double(w.shape[0])).squareRoot()
        numbers.add(w / deviation, name)
        expectNormal(w, deviation, name)
      }
      for (name, b) in [("b1", yours.b1), ("b2", yours.b2), ("b3", yours.b3)] {
        expectZero(b, name)
      }
    }
    expectNormal(numbers)
  }

  // MARK: Draws

  private func ask(_ kind: Initializer, _ sizes: [Int], _ seed: UInt64) throws -> Parameters {
    try subject(TwoHiddenLayersTask.initialize, kind, sizes, seed)
  }

  /// The student's parameters of a large network; nil if the shapes are wrong, or entries no
  /// numbers.
  ///
  /// One of eight seeds, whose numbers are as they should be by all statistics here.
  private func draw(_ kind: Initializer, _ sizes: [Int]) throws -> Parameters? {
    let yours = try ask(kind, sizes, UInt64(sizes[0]) + 1_000 * (seed % 8))
    guard checkShapes(of: yours, sizes: sizes), checkFinite(yours) else { return nil }
    expectUnrelated(yours)
    return yours
  }

  /// Judges what small networks show: the same seed must draw the same; another seed and the
  /// generator as it is left must draw something else, and so must another kind, of which it is
  /// no business of this test how it is drawn.
  ///
  /// - Returns: Whether the shapes are right.
  private func judgeSmall(_ kind: Initializer, unlike otherKind: Initializer) throws -> Bool {
    var generator = generator("small")
    let (seed, other) = (UInt64(generator.next32()), UInt64(generator.next32()))
    let few = try ask(kind, Self.small[0], seed)
    for sizes in Self.small {
      guard checkShapes(of: try ask(kind, sizes, seed), sizes: sizes) else { return false }
    }
    let sizes = Self.small[0]
    if try ask(kind, sizes, other).w1 == few.w1 {
      fail("Another generator gives the same weights: draw them with the generator you are given.")
    }
    if try subject(TwoHiddenLayersTask.initializeAgain, kind, sizes, seed).w1 == few.w1 {
      fail(
        "Two networks that are drawn one after another from one generator are the same: what is "
          + "drawn must use the generator up, and not a copy of it."
      )
    }
    if try ask(kind, sizes, seed).tensors.map(\.value.bits) != few.tensors.map(\.value.bits) {
      fail("The same seed gives other weights: all that is random must come from the generator.")
    }
    lastly { [self] in
      var others: Parameters?
      guard provoke([{ others = try self.ask(otherKind, sizes, other &+ 1) }]) else { return }
      if try ask(kind, sizes, other &+ 1).w1 == others?.w1 {
        fail("Two kinds of initialization give the same weights.")
      }
    }
    judgeMemory(
      of: "initialize",
      after: otherQuestions(like: sizes),
      first: few.tensors.map(\.value),
      scales: []
    ) { [self] in
      try ask(kind, sizes, seed).tensors.map(\.value)
    }
    return true
  }

  // MARK: Statistics

  /// Five and a half standard errors: once in 25 million right draws.
  private static let allowed = 5.5

  private func expectZero(_ tensor: Tensor<Double>, _ name: String) {
    if tensor.largest != 0 { fail("\(name) should be all zero.") }
  }

  private func expectNormal(_ tensor: Tensor<Double>, _ deviation: Double, _ name: String) {
    let n = Double(tensor.count)
    let scaled = tensor / deviation
    let mean = scaled.sum() / n
    let ratio = ((scaled - mean).squared().sum() / n).squareRoot()
    // Sums of numbers that are much too large are none: whatever is not within its limits fails.
    if !(abs(mean) * n.squareRoot() <= Self.allowed * max(ratio, 1)) {
      fail("The mean of \(name) is not 0.")
    }
    if !(abs(ratio - 1) * (2 * n).squareRoot() <= Self.allowed) {
      fail("The standard deviation of \(name) is too \(ratio < 1 ? "small" : "large").")
    }
    // Whatever the sign: half of them may not be the other half turned over.
    if Double(Set(tensor.scalars.map(\.magnitude)).count) < 0.97 * n {
      fail("Many entries of \(name) are equal: each should be drawn for itself.")
    }
    expectIndependent(scaled, name)
  }

  /// Neighbours in a row and in a column have nothing to do with each other.
  private func expectIndependent(_ tensor: Tensor<Double>, _ name: String) {
    for distance in Set([1, tensor.shape.last ?? 1]) {
      let pairs = zip(tensor.scalars, tensor.scalars.dropFirst(distance))
      let count = Double(tensor.count - distance)
      let sum = pairs.reduce(0) { $0 + $1.0 * $1.1 }
      if count > 100, !(abs(sum) / count.squareRoot() <= Self.allowed) {
        fail("Neighbouring entries of \(name) resemble each other: draw each for itself.")
      }
    }
  }

  /// The numbers of all networks, by tensor, as they are before they get their deviation.
  private struct Numbers {
    var byName: [String: [Double]] = [:]

    mutating func add(_ numbers: Tensor<Double>, _ name: String) {
      byName[name, default: []] += numbers.scalars
    }
  }

  /// Judges the fourth moment of a tensor's numbers, and that of all: who adds up a dozen uniform
  /// numbers is off by 0.1, and of so many normal ones by 0.05 at the most.
  private func expectNormal(_ numbers: Numbers) {
    let all = ("All that is drawn together", numbers.byName.values.flatMap(\.self))
    // Of 270,000 normal numbers 14 are larger; one may be among the few biases.
    let weights = numbers.byName.filter { $0.key.hasPrefix("w") }.values.joined()
    if !weights.contains(where: { abs($0) > 4.05 }) {
      fail("No entry of the weights is as large as normal numbers are now and then.")
    }
    let large = numbers.byName.filter { $0.value.count > 5_000 }.sorted { $0.key < $1.key }
    for (name, numbers) in large.map({ ($0.key, $0.value) }) + [all] {
      let n = Double(numbers.count)
      let mean = numbers.reduce(0, +) / n
      let squares = numbers.map { ($0 - mean) * ($0 - mean) }
      let variance = squares.reduce(0, +) / n
      let kurtosis = squares.reduce(0) { $0 + $1 * $1 } / n / variance / variance
      if !(abs(kurtosis - 3) <= Self.allowed * (24 / n).squareRoot()) {
        fail("\(name) is not normally distributed.")
      }
    }
  }

  /// No two tensors may start with the same random numbers; those of one number have none.
  private func expectUnrelated(_ p: Parameters) {
    // A constant is told as no normal numbers, and one like another is made of none.
    let drawn = p.tensors.filter { Set($0.value.scalars).count > 1 }
    for (i, left) in drawn.enumerated() {
      for right in drawn.dropFirst(i + 1) {
        let n = min(left.value.count, right.value.count)
        let pair = [left, right].map { tensor in
          let numbers = Tensor(Array(tensor.value.scalars.prefix(n)))
          // Two tensors whose means are not 0 share those, and no random numbers for that.
          return numbers - numbers.sum() / Double(n)
        }
        let size = (pair[0].squared().sum() * pair[1].squared().sum()).squareRoot()
        let correlation = abs((pair[0] * pair[1]).sum() / size)
        // Of few numbers any correlation but the perfect one can be chance.
        if correlation * Double(n).squareRoot() > Self.allowed || correlation > 1 - 1e-9 {
          fail(
            "\(left.name) and \(right.name) resemble each other more than random numbers that are "
              + "drawn one after another."
          )
        }
      }
    }
  }
}
