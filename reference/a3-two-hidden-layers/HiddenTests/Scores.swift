import CourseKit
import JudgeSupport

/// Logits and labels.
struct Scores: Sized, Exchanging {
  let logits: Tensor<Double>
  let labels: [Int]
  var exchanged: String?

  init(logits: Tensor<Double>, labels: [Int]) {
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
    let (first, other) = (Scores(7, 4, using: &generator), Scores(7, 4, using: &generator))
    return [
      first,
      // Who keeps an answer by one argument gives it again when the other one is exchanged.
      Scores(logits: first.logits, labels: other.labels).exchanging("list of labels"),
      other.exchanging("tensor of logits"),
      Scores(5, 5, using: &generator),
      Scores(6, 3, using: &generator),
      Scores(12, 10, using: &generator),
      Scores(35, 13, using: &generator),
      Scores(8, 6, scale: 0x1p-18, using: &generator),
      Scores(9, 4, rows: 24...30, using: &generator),
      Scores(1, 3, using: &generator),
      Scores(7, 4, using: &generator),
    ]
      + Sizes.batches.enumerated().map { index, n in
        Scores(n, Sizes.classes(index), using: &generator)
      } + oneClassDraws(using: &generator)
      + innerPath(using: &generator) + plainDraws(using: &generator)
  }

  /// Batches of one class, and single samples, of each class of three.
  private static func oneClassDraws(using generator: inout Generator) -> [Scores] {
    [1, 4].flatMap { n in
      (0..<3).map { label in
        let scores = Scores(n, 3, using: &generator)
        return Scores(logits: scores.logits, labels: [Int](repeating: label, count: n))
      }
    }
  }

  /// Logits from -30 to 30 in one row, or as far as asked for.
  static func spreadDraws(upTo largest: Double = 30, using generator: inout Generator) -> [Scores] {
    [(6, 5), (4, 3)].map { n, k in
      let logits = (0..<n * k).map { _ in generator.uniform(in: -largest...largest) }
      return Scores(
        logits: Tensor(shape: [n, k], scalars: logits),
        labels: generator.labels(n, classes: k)
      )
    }
  }

  /// The first class has a tiny probability everywhere, and no sample belongs to it.
  var graded: Scores {
    let lower = Tensor((0..<logits.shape[1]).map { $0 == 0 ? -28.0 : 0 })
    return Scores(logits: logits + lower, labels: labels.map { max($0, 1) })
  }

  /// The first sample's loss is so large that a sum with it holds nothing of the others'.
  func withSampleFarOff(by gap: Double) -> Scores {
    var logits = logits
    logits[0, labels[0]] = -gap
    return Scores(logits: logits, labels: labels)
  }

  /// Two pairs of classes have equal logits, and no sample is of one of them.
  static func withTwins(using generator: inout Generator) -> Scores {
    let scores = Scores(7, 6, using: &generator)
    var logits = scores.logits
    for i in 0..<7 { (logits[i, 1], logits[i, 3]) = (logits[i, 0], logits[i, 2]) }
    return Scores(logits: logits, labels: scores.labels.map { 4 + $0 % 2 })
  }

  /// The differences of the gradients of these pairs.
  static func twins(in gradient: Tensor<Double>, unit: Double) -> [ExactZero] {
    (0..<gradient.shape[0]).flatMap { i in
      [0, 2].map { ExactZero(gradient[i, $0], minus: gradient[i, $0 + 1], unit: unit) }
    }
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

extension Scores: Shared {
  func arguments(using generator: inout Generator) -> Arguments {
    var arguments = Arguments(labels.count, [3, 5, 4, logits.shape[1]], using: &generator)
    (arguments.logits, arguments.labels) = (logits, labels)
    return arguments
  }

  var parts: [Arguments.Part] { [.logits, .labels] }
}
