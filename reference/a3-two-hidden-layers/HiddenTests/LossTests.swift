import CourseKit
import JudgeSupport
import TwoHiddenLayersTask
import XCTest

final class LossTests: TwoHiddenLayersCase {
  /// A softmax that overflows for large logits keeps half of the points.
  func testSoftmax() throws {
    var generator = generator()
    let draws = Scores.draws(using: &generator) + Scores.spreadDraws(using: &generator)
    let isRight = try judge("softmax", on: draws) { [self] in
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
    try judge("crossEntropy", on: Scores.draws(using: &generator)) { [self] in
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
    let all = draws + Scores.spreadDraws(using: &generator)
    let isRight = try judge("gradLogits", on: all) { [self] in
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
