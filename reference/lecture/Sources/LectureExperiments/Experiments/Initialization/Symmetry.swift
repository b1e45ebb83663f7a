internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let symmetry = Experiment(
    "zero-initialization",
    title: "Equal weights stay equal",
    slides: "S12",
    chapter: .initialization,
    claim: "Hidden units whose incoming and outgoing weights are equal get equal gradients, and "
      + "stay equal for ever; with all weights zero only the output’s bias learns.",
    cost: Cost(40, quick: 4)
  ) { try Symmetry(context: $0).findings() }
}

/// Networks that start without randomness.
private struct Symmetry {
  let context: Context

  private typealias Net = TwoLayerNet

  private func net<Scalar>(_ initializer: Initializer) -> TwoLayerNet<Scalar> {
    var generator = Generator(seed: context.seed)
    return TwoLayerNet(
      inputs: 784,
      hidden: 500,
      classes: 10,
      initializer,
      using: &generator
    )
  }

  func findings() throws -> Findings {
    var findings = Findings()
    try fewSteps(&findings)
    try permutation(&findings)
    try allZero(&findings)
    try longRun(&findings)
    return findings
  }

  /// The largest difference between a hidden unit's weights and the first one's.
  private func spread<Scalar>(_ net: TwoLayerNet<Scalar>) -> Double {
    let (inputs, hidden) = (net.w1.shape[0], net.w1.shape[1])
    var largest = 0.0
    for row in 0..<inputs {
      let first = net.w1.scalars[row * hidden]
      for column in 1..<hidden {
        largest = max(largest, abs(Double(net.w1.scalars[row * hidden + column] - first)))
      }
    }
    let outgoing = (1..<hidden).map { net.w2.row($0).distance(to: net.w2.row(0)) }.max() ?? 0
    return max(largest, outgoing)
  }

  private func fewSteps(_ findings: inout Findings) throws {
    var net: TwoLayerNet<Double> = net(.constant(0.01))
    let start = net
    let digits = context.digits.training
    for step in 0..<10 {
      let indices = Array(step * 64..<(step + 1) * 64)
      _ = try net.step(
        digits.rows(at: indices),
        labels: digits.labels(at: indices),
        learningRate: 0.005
      )
    }
    findings.say("784-500-10 as on the slides, all weights and biases 0.01, in double precision.")
    findings.compare(
      "After ten steps with batches of 64",
      with: .theory,
      [
        .vanishing("largest difference between hidden units", spread(net), below: 1e-12),
        .shown("how far the first weights have moved", moved(net.w1, start.w1)),
        .shown("how far the second weights have moved", moved(net.w2, start.w2)),
      ]
    )
  }

  private func moved(_ now: Tensor<Double>, _ before: Tensor<Double>) -> String {
    "up to " + Numbers.significant(now.distance(to: before))
  }

  /// Hidden units can be exchanged: the reason for it all.
  private func permutation(_ findings: inout Findings) throws {
    var generator = Generator(seed: context.seed)
    var net = TwoLayerNet<Double>(
      inputs: 6,
      hidden: 5,
      classes: 3,
      .gaussian(scale: 1),
      using: &generator
    )
    let x: Tensor<Double> = generator.normal(shape: [4, 6])
    let order = generator.permutation(5)
    let before = try net.forward(x).z2
    net.w1 = Tensor(net.w1.rows.map { row in order.map { row[$0] } })
    net.b1 = Tensor(order.map { net.b1[$0] })
    net.w2 = Tensor(order.map { net.w2.rows[$0] })
    let after = try net.forward(x).z2
    findings.compare(
      "A small random network whose five hidden units change places",
      with: .theory,
      [.vanishing("change of its outputs", before.distance(to: after), below: 1e-13)]
    )
    findings.say(
      "Since nothing in a network tells one hidden unit from another but their weights, equal "
        + "weights mean equal units: 500 of them are worth one."
    )
  }

  /// All zero, for one epoch.
  private func allZero(_ findings: inout Findings) throws {
    var net: TwoLayerNet<Float> = net(.zero)
    try epoch(&net, from: 0, to: 0.5, doing: "all zero")
    let score = try Transcript.Score(of: net, on: context.digits.test)
    let accuracy = Double(score.correct) / Double(score.count)
    let isFull = context.digits.isFull && context.seed == 0 && !context.quick
    findings.compare(
      "All zero, after one epoch with batches of 8",
      with: .measured,
      [
        .holds("first weights still exactly 0", net.w1.scalars.allSatisfy { $0 == 0 }),
        .holds("second weights still exactly 0", net.w2.scalars.allSatisfy { $0 == 0 }),
        .holds("biases of the hidden layer still exactly 0", net.b1.scalars.allSatisfy { $0 == 0 }),
        .holds("biases of the output have moved", net.b2.norm > 0),
        isFull
          ? .exact("test accuracy", "11.35 %", Numbers.percent(accuracy))
          : .beside("test accuracy (11.35 % on all of MNIST)", "", Numbers.percent(accuracy)),
        isFull
          ? .within("test loss", 2.3013, score.loss, 2e-4, decimals: 4)
          : .beside("test loss (2.3013 on all of MNIST)", "", Numbers.fixed(score.loss, 4)),
      ]
    )
    findings.say(
      "Only the biases of the output learn, so it gives every image the same answer, and its loss "
        + "is that of the digits’ frequencies: hardly below log 10 = 2.3026."
    )
  }

  /// Constant weights in single precision, over thousands of steps.
  private func longRun(_ findings: inout Findings) throws {
    var net: TwoLayerNet<Float> = net(.constant(0.01))
    try epoch(&net, from: 0.5, to: 1, doing: "constant")
    let score = try Transcript.Score(of: net, on: context.digits.test)
    let steps = (trainingCount + 7) / 8
    let spread = spread(net)
    findings.compare(
      "All 0.01, in single precision, after \(Numbers.grouped(steps)) steps with batches of 8",
      with: .theory,
      [
        .shown("largest difference between hidden units", Numbers.significant(spread)),
        .shown("test accuracy", Numbers.percent(Double(score.correct) / Double(score.count))),
      ]
    )
    findings.say(
      spread == 0
        ? "Here the hidden units stay equal to the last bit, because every element of our matrix "
          + "products is summed in the same order wherever it stands. With a library that sums "
          + "some columns in another order, rounding alone sets them apart in long training, by "
          + "0.038 in one such run."
        : "In exact arithmetic the difference is 0; rounding alone has set the units apart, since "
          + "columns of a product may be summed in different orders."
    )
  }

  private var trainingCount: Int {
    context.quick ? min(10_000, context.digits.training.count) : context.digits.training.count
  }

  private func epoch(
    _ net: inout TwoLayerNet<Float>,
    from start: Double,
    to end: Double,
    doing: String
  ) throws {
    let digits = context.digits.training.prefix(trainingCount)
    var generator = Generator(seed: context.seed)
    let batches = Batches(of: digits.count, size: 8, shuffledBy: &generator)
    for (index, indices) in batches.enumerated() {
      _ = try net.step(
        digits.rows(at: indices),
        labels: digits.labels(at: indices),
        learningRate: 0.005
      )
      let share = Double(index) / Double(batches.count)
      context.progress(start + (end - start) * share, "zero-initialization: \(doing)")
    }
  }
}
