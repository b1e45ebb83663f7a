import CourseKit
import JudgeSupport
import TwoHiddenLayersTask
import XCTest

final class LossTests: TwoHiddenLayersCase {
  /// A softmax that overflows for large logits keeps half of the points.
  func testSoftmax() throws {
    var generator = generator()
    let draws = Scores.draws(using: &generator)
    let isRight = try judge("softmax", on: draws) {
      [try subject(TwoHiddenLayersTask.softmax, $0.logits)]
    } expect: {
      let probabilities = Reference.softmax($0.logits)
      return [Expected("softmax", probabilities, terms: probabilities)]
    }
    guard isRight else { return }

    let large = generator.largeLogits(5, 4)
    let yours = try subject(TwoHiddenLayersTask.softmax, large)
    if !check(yours, equals: Reference.softmax(large), scale: 1, "softmax of large logits") {
      award(2)
    }
  }

  func testCrossEntropy() throws {
    var generator = generator()
    try judge("crossEntropy", on: Scores.draws(using: &generator)) {
      let loss = try subject(TwoHiddenLayersTask.crossEntropy, $0.logits, $0.labels)
      return [Tensor(shape: [], scalars: [loss])]
    } expect: {
      [$0.expectedLoss]
    }
  }

  /// A gap of 10,000 in favour of a wrong class costs 10,000.
  ///
  /// Sample by sample, so that who forgets the mean loses nothing here.
  func testCrossEntropyStable() throws {
    var generator = generator()
    for classes in [2, 4, 10] {
      let logits = generator.largeLogits(6, classes)
      for (i, label) in generator.labels(6, classes: min(classes, 6)).enumerated() {
        try judgeLargeLogits(logits.row(i).reshaped(1, classes), label)
      }
    }
    try judgeLargeLogits(Tensor([[0, 1e4]]), 0)

    // What is right for each row alone has to be right for rows far apart.
    let (logits, labels) = (generator.largeLogits(6, 4), generator.labels(6, classes: 4))
    if !(try subject(TwoHiddenLayersTask.crossEntropy, logits, labels)).isFinite {
      fail("The loss of a batch whose rows lie far apart is not finite.")
    }
  }

  private func judgeLargeLogits(_ logits: Tensor<Double>, _ label: Int) throws {
    check(
      try subject(TwoHiddenLayersTask.crossEntropy, logits, [label]),
      equals: Reference.crossEntropy(logits, [label]),
      scale: logits.largest,
      "the loss of large logits"
    )
  }

  func testGradLogits() throws {
    var generator = generator()
    let draws = Scores.draws(using: &generator)
    let isRight = try judge("gradLogits", on: draws) {
      [try gradient($0)]
    } expect: {
      [$0.expectedGradient]
    }
    guard isRight else { return }
    try judgeDerivation(
      of: "dLogits",
      in: "gradLogits",
      on: Array(draws.prefix(3)),
      probes: [
        ("graded", { try self.error($0.graded, in: \.firstColumn) }),
        ("one sample far off", { try self.error($0.withSampleFarOff, in: \.withoutFirstRow) }),
      ]
    )
  }

  private func gradient(_ scores: Scores) throws -> Tensor<Double> {
    try subject(TwoHiddenLayersTask.gradLogits, scores.logits, scores.labels)
  }

  private func error(
    _ scores: Scores,
    in part: (Tensor<Double>) -> Tensor<Double>
  ) throws -> Double {
    let right = Reference.gradLogits(scores.logits, scores.labels)
    return distance(try gradient(scores), right, in: part)
  }
}

/// Logits and labels.
private struct Scores: Sized {
  let logits: Tensor<Double>
  let labels: [Int]

  private init(logits: Tensor<Double>, labels: [Int]) {
    self.logits = logits
    self.labels = labels
  }

  /// Rows have offsets of their own, which a softmax must not see.
  init(
    _ n: Int,
    _ k: Int,
    rows range: ClosedRange<Double> = 0.5...3,
    scale: Double = 1,
    using generator: inout Generator
  ) {
    let rows = generator.signed(range, shape: [n, 1])
    logits = (rows + 1.5 * generator.normal(shape: [n, k])) * scale
    labels = generator.labels(n, classes: k)
  }

  var sizes: [String: Int] { ["n": labels.count, "k": logits.shape[1]] }

  static func draws(using generator: inout Generator) -> [Scores] {
    [
      Scores(7, 4, using: &generator),
      Scores(5, 5, using: &generator),
      Scores(6, 3, using: &generator),
      Scores(12, 10, using: &generator),
      Scores(35, 13, using: &generator),
      Scores(8, 6, scale: 0x1p-18, using: &generator),
      Scores(9, 4, rows: 24...30, using: &generator),
      Scores(1, 3, using: &generator),
      Scores(7, 4, using: &generator),
    ]
  }

  /// The first class has a tiny probability everywhere, and no sample belongs to it.
  var graded: Scores {
    let lower = Tensor((0..<logits.shape[1]).map { $0 == 0 ? -28.0 : 0 })
    return Scores(logits: logits + lower, labels: labels.map { max($0, 1) })
  }

  /// The first sample's loss is so large that a sum with it holds nothing of the others'.
  var withSampleFarOff: Scores {
    var logits = logits
    logits[0, labels[0]] = -0x1p50
    return Scores(logits: logits, labels: labels)
  }

  var expectedLoss: Expected {
    // The terms of one sample are of the size of its logits and of log k.
    let terms = logits.largest + 1
    let loss = Reference.crossEntropy(logits, labels)
    return Expected("the loss", Tensor(shape: [], scalars: [loss]), terms: Tensor([terms]))
  }

  var expectedGradient: Expected {
    let oneHot = Reference.oneHot(labels, classes: logits.shape[1])
    let terms = (Reference.softmax(logits) + oneHot) / Double(labels.count)
    return Expected("dLogits", Reference.gradLogits(logits, labels), terms: terms)
  }
}

extension Generator {
  /// Rows around 10,000, around -10,000, and with entries as far apart.
  ///
  /// Multiples of 2^-8, which single precision holds exactly at that size.
  fileprivate mutating func largeLogits(_ n: Int, _ k: Int) -> Tensor<Double> {
    var logits = normal(shape: [n, k], of: Double.self).map { ($0 * 0x1p8).rounded() * 0x1p-8 }
    for i in 0..<n {
      for j in 0..<k {
        switch i % 3 {
        case 0: logits[i, j] += 1e4
        case 1: logits[i, j] -= 1e4
        default: logits[i, j] += j == 0 ? 1e4 : -1e4
        }
      }
    }
    return logits
  }
}
