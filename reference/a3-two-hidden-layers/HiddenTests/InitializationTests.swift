import CourseKit
import JudgeSupport
import TwoHiddenLayersTask
import XCTest

final class InitializationTests: TwoHiddenLayersCase {
  /// Fan-in and fan-out far apart, up and down.
  private static let sizes = [[784, 128, 64, 10], [60, 400, 300, 20]]

  func testZero() throws {
    for sizes in Self.sizes {
      let yours = try subject(TwoHiddenLayersTask.initialize, .zero, sizes, seed)
      guard checkShapes(of: yours, sizes: sizes) else { return }
      for (name, tensor) in yours.tensors { expectZero(tensor, name) }
    }
  }

  /// Biases too, as on the slide.
  func testGaussian() throws {
    var generator = generator()
    for (sizes, scale) in zip(Self.sizes, [1, 0x1p-18]) {
      let deviation = scale * generator.uniform(in: 0.1...0.9)
      let yours = try draw(.gaussian(deviation), sizes)
      guard let yours else { return }
      for (name, tensor) in yours.tensors { expectNormal(tensor, deviation, name) }
    }
  }

  func testXavier() throws { try judge(.xavier) { 1 / $0 } }

  func testKaiming() throws { try judge(.kaiming) { 2 / $0 } }

  private func judge(_ kind: Initializer, variance: (Double) -> Double) throws {
    for sizes in Self.sizes {
      guard let yours = try draw(kind, sizes) else { return }
      for (name, w) in [("w1", yours.w1), ("w2", yours.w2), ("w3", yours.w3)] {
        expectNormal(w, variance(Double(w.shape[0])).squareRoot(), name)
      }
      for (name, b) in [("b1", yours.b1), ("b2", yours.b2), ("b3", yours.b3)] {
        expectZero(b, name)
      }
    }
  }

  // MARK: Draws

  /// The student's parameters; nil if the shapes are wrong.
  ///
  /// The same seed must draw the same, another seed something else.
  private func draw(_ kind: Initializer, _ sizes: [Int]) throws -> Parameters? {
    var generator = generator("\(sizes)")
    let (seed, other) = (UInt64(generator.next32()), UInt64(generator.next32()))
    let small = [6, 5, 4, 3]
    let askFew = { [self] in
      try subject(TwoHiddenLayersTask.initialize, kind, small, seed)
    }
    let few = try askFew()
    guard checkShapes(of: few, sizes: small) else { return nil }
    let yours = try subject(TwoHiddenLayersTask.initialize, kind, sizes, seed)
    guard checkShapes(of: yours, sizes: sizes) else { return nil }
    if try subject(TwoHiddenLayersTask.initialize, kind, sizes, other).w1 == yours.w1 {
      fail("Another generator gives the same weights: draw them with the generator you are given.")
    }
    let again = try subject(TwoHiddenLayersTask.initialize, kind, sizes, seed)
    if again.tensors.map(\.value.bits) != yours.tensors.map(\.value.bits) {
      fail("The same seed gives other weights: all that is random must come from the generator.")
    }
    expectUnrelated(yours)
    judgeMemory(
      of: "initialize",
      after: otherQuestions(like: small),
      first: few.tensors.map(\.value),
      scales: []
    ) {
      try askFew().tensors.map(\.value)
    }
    return yours
  }

  // MARK: Statistics

  /// Five and a half standard errors: once in 25 million right draws.
  private static let allowed = 5.5

  private func expectZero(_ tensor: Tensor<Double>, _ name: String) {
    if tensor.largest != 0 { fail("\(name) should be all zero.") }
  }

  private func expectNormal(_ tensor: Tensor<Double>, _ deviation: Double, _ name: String) {
    guard tensor.scalars.allSatisfy(\.isFinite) else { return fail("\(name) is not finite.") }
    let n = Double(tensor.count)
    let scaled = tensor / deviation
    let mean = scaled.sum() / n
    let centred = scaled - mean
    let variance = centred.squared().sum() / n
    let ratio = variance.squareRoot()
    if abs(mean) * n.squareRoot() > Self.allowed * max(ratio, 1) {
      fail("The mean of \(name) is not 0.")
    }
    if abs(ratio - 1) * (2 * n).squareRoot() > Self.allowed {
      fail("The standard deviation of \(name) is too \(ratio > 1 ? "large" : "small").")
    }
    // For so many normal numbers within 0.17 of 3; uniform ones have 1.8.
    if n >= 20_000,
      !(2.7...3.3).contains(centred.squared().squared().sum() / n / variance / variance)
    {
      fail("\(name) is not normally distributed.")
    }
    // Whatever the sign: half of them may not be the other half turned over.
    if Double(Set(tensor.scalars.map(\.magnitude)).count) < 0.9 * n {
      fail("Many entries of \(name) are equal: each should be drawn for itself.")
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
