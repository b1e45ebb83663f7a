import CourseKit
import JudgeSupport
import TwoHiddenLayersTask
import XCTest

final class LossTests: TwoHiddenLayersCase {
  /// A softmax that overflows for large logits keeps half of the points.
  func testSoftmax() throws {
    var generator = generator()
    let draws = Scores.draws(using: &generator) + Scores.spreadDraws(using: &generator)
    let judged = try judgeSoftmax(draws, asksAgain: true)
    guard judged.isRight else { return }
    func entriesAreRight(_ draws: [Scores]) throws -> Bool {
      try judgeEntries(of: "softmax", on: draws) {
        Reference.softmax($0.logits)
      } ask: {
        try softmax($0)
      }
    }
    guard try entriesAreRight(Scores.spreadDraws(upTo: 20, using: &generator)) else { return }
    if judged.isDouble {
      let wider = Scores.spreadDraws(upTo: Self.wide, using: &generator)
      let isExact = try judgeSoftmax(wider, tolerance: Self.fineTolerance).isRight
      guard isExact, try entriesAreRight(wider) else { return }
    }
    for size in [1e3, 1e4] {
      let large = generator.largeLogits(5, 4, size: size)
      // In single precision a logarithm of a sum is rounded like the logits.
      let tolerance = judged.isDouble ? Self.tolerance : 0x1p-21 * size
      let isRight = check(
        try subject(TwoHiddenLayersTask.softmax, large),
        equals: Reference.softmax(large),
        scale: 1,
        "softmax of large logits",
        tolerance: tolerance
      )
      if !isRight { return award(2) }
    }
  }

  /// As far as code in double precision is asked for logits, and what it may be off there.
  private static let (wide, fineTolerance) = (170.0, 1e-9)

  private func softmax(_ scores: Scores) throws -> Tensor<Double> {
    try subject(TwoHiddenLayersTask.softmax, scores.logits)
  }

  private func judgeSoftmax(
    _ draws: [Scores],
    tolerance: Double = JudgeCase.tolerance,
    asksAgain: Bool = false
  ) throws -> Judged {
    try judge(
      "softmax",
      on: draws,
      ask: { [self] in [try softmax($0)] },
      expect: {
        let probabilities = Reference.softmax($0.logits)
        return [Expected("softmax", probabilities, terms: probabilities)]
      },
      tolerance: tolerance,
      asksAgain: asksAgain
    )
  }

  /// Judges entry by entry, each in units of its own, as far as `right` has no zeros.
  private func judgeEntries(
    of name: String,
    on draws: [Scores],
    tolerance: Double = TwoHiddenLayersCase.toleranceOfEntries,
    right: (Scores) -> Tensor<Double>,
    ask: (Scores) throws -> Tensor<Double>
  ) throws -> Bool {
    traits = ["tiny probabilities"]
    defer { traits = [] }
    return try draws.allSatisfy { scores in
      let (yours, right) = (try ask(scores), right(scores))
      guard yours.shape == right.shape else { return true }
      let shares = zip(yours.scalars, right.scalars).map { $1 == 0 ? 1 : $0 / $1 }
      return check(
        Tensor(shape: right.shape, scalars: shares),
        equals: .ones(shape: right.shape),
        scale: 1,
        name,
        tolerance: tolerance
      )
    }
  }

  /// The relative error that rounding in single precision may make of what is a millionth beside 1.
  private static let toleranceOfMillionths = 0.5

  func testCrossEntropy() throws {
    var generator = generator()
    let draws = Scores.draws(using: &generator) + Scores.spreadDraws(using: &generator)
    let judged = try judgeLoss(draws, asksAgain: true)
    let nearlySure = Scores.nearlySure(using: &generator)
    guard judged.isRight, try isTinyLossRight(nearlySure, Self.toleranceOfMillionths),
      judged.isDouble
    else { return }
    let wider = Scores.spreadDraws(upTo: Self.wide, using: &generator)
    try judgeLoss(wider, tolerance: Self.fineTolerance)
    for scores in Scores.sureDraws(using: &generator) {
      guard try isTinyLossRight(scores, Self.toleranceOfEntries) else { return }
    }
  }

  /// A tiny loss counts like a large one.
  private func isTinyLossRight(_ scores: Scores, _ tolerance: Double) throws -> Bool {
    let right = Reference.crossEntropy(scores.logits, scores.labels)
    return check(
      try subject(TwoHiddenLayersTask.crossEntropy, scores.logits, scores.labels),
      equals: right,
      scale: right,
      "the loss",
      tolerance: tolerance
    )
  }

  @discardableResult
  private func judgeLoss(
    _ draws: [Scores],
    tolerance: Double = JudgeCase.tolerance,
    asksAgain: Bool = false
  ) throws -> Judged {
    try judge(
      "crossEntropy",
      on: draws,
      ask: { [self] in
        let loss = try subject(TwoHiddenLayersTask.crossEntropy, $0.logits, $0.labels)
        return [Tensor(shape: [], scalars: [loss])]
      },
      expect: { [$0.expectedLoss] },
      tolerance: tolerance,
      asksAgain: asksAgain
    )
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
    let gap = (generator.uniform(in: 0.9...1.1) * 1e4).rounded()
    try judgeLargeLogits(Tensor([[0, gap]]), 0)

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
    let spread = Scores.spreadDraws(using: &generator)
    let near = Scores.spreadDraws(upTo: 20, using: &generator)
    let wide = Scores.spreadDraws(upTo: Self.wide, using: &generator)
    let nearlySure = [Scores.nearlySure(using: &generator)]
    try judgeGradient(try judgeGradLogits(draws + spread, asksAgain: true)) {
      var generator = self.generator("probes")
      let probes = gradientProbes(on: Array(draws.prefix(3)), using: &generator)
      return !convict(by: probes, of: "gradLogits", "dLogits")
    } wide: {
      let judged = try judgeProbabilities(near)
      guard judged.isRight else { return judged }
      return try judgeEntries(on: nearlySure, Self.toleranceOfMillionths)
    } extreme: {
      let judged = try judgeGradLogits(wide, tolerance: Self.fineTolerance)
      guard judged.isRight else { return judged }
      let sure = Scores.sureDraws(using: &generator)
      let ofClasses = try judgeProbabilities(wide)
      return ofClasses.isRight ? try judgeEntries(on: sure) : ofClasses
    }
  }

  private func judgeGradLogits(
    _ draws: [Scores],
    tolerance: Double = JudgeCase.tolerance,
    asksAgain: Bool = false
  ) throws -> Judged {
    try judge(
      "gradLogits",
      on: draws,
      ask: { [self] in [try gradient($0)] },
      expect: { [$0.expectedGradient] },
      tolerance: tolerance,
      asksAgain: asksAgain
    )
  }

  /// The gradient is a probability where a sample's class is another.
  private func judgeProbabilities(_ draws: [Scores]) throws -> Judged {
    try judgeEntries(on: draws, besidesLabels: true)
  }

  private func judgeEntries(
    on draws: [Scores],
    _ tolerance: Double = toleranceOfEntries,
    besidesLabels: Bool = false
  ) throws -> Judged {
    var judged = Judged()
    judged.isRight = try judgeEntries(of: "dLogits", on: draws, tolerance: tolerance) { scores in
      var right = Reference.gradLogits(scores.logits, scores.labels)
      guard besidesLabels else { return right }
      for (i, label) in scores.labels.enumerated() { right[i, label] = 0 }
      return right
    } ask: {
      try gradient($0)
    }
    return judged
  }

  private func gradient(_ scores: Scores) throws -> Tensor<Double> {
    try subject(TwoHiddenLayersTask.gradLogits, scores.logits, scores.labels)
  }

  private func gradientProbes(on draws: [Scores], using generator: inout Generator) -> [Probe] {
    let right = { (scores: Scores) in Reference.gradLogits(scores.logits, scores.labels) }
    func farOff(by gap: Double, again: (() -> Probe)? = nil) -> Probe {
      probe(
        "one sample off by \(gap)",
        on: draws.map { $0.withSampleFarOff(by: gap) },
        again: again,
        right: right,
        in: \.withoutFirstRow,
        ask: gradient
      )
    }
    let twins = (0..<3).map { _ in Scores.withTwins(using: &generator) }
    return [
      probe("graded", on: draws.map(\.graded), right: right, in: \.firstColumn, ask: gradient),
      farOff(by: 0x1p50, again: { farOff(by: 0x1p18) }),
      Probe("twins") { answers in
        let right = twins.map(\.expectedGradient)
        guard zip(answers, right).allSatisfy({ $1.isNear($0) }) else { return nil }
        return zip(answers, right).flatMap { Scores.twins(in: $0, unit: $1.scale) }
      } answers: {
        try twins.map(self.gradient)
      },
    ]
  }
}

extension Generator {
  /// Rows around 10,000 or another size, around its negative, and with entries as far apart.
  ///
  /// Multiples of 2^-8, which single precision holds exactly at that size.
  fileprivate mutating func largeLogits(
    _ n: Int,
    _ k: Int,
    size: Double = 1e4
  ) -> Tensor<Double> {
    var logits = normal(shape: [n, k], of: Double.self).map { ($0 * 0x1p8).rounded() * 0x1p-8 }
    for i in 0..<n {
      for j in 0..<k {
        switch i % 3 {
        case 0: logits[i, j] += size
        case 1: logits[i, j] -= size
        default: logits[i, j] += j == 0 ? size : -size
        }
      }
    }
    return logits
  }
}
