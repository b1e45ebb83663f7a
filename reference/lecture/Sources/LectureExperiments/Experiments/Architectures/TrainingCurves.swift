internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let trainingCurves = Experiment(
    "training-curves",
    title: "The networks of the lecture learn digits",
    slides: "S10, S26, S44, S47",
    chapter: .architectures,
    claim: "A better start lets the same network learn faster, and batch norm faster still; a "
      + "convolutional network keeps up with a sixth of the parameters.",
    cost: Cost(180, quick: 20)
  ) { try TrainingCurves(context: $0).findings() }
}

/// Test accuracy and training loss of several networks, with the same order of images.
private struct TrainingCurves {
  let context: Context

  private struct Entry {
    let name: String
    let takesRows: Bool
    var goal = Trainer.Goal.logits
    var rate = 0.05
    let make: (inout Generator) throws -> Sequential<Float>
  }

  private var entries: [Entry] {
    [
      Entry(name: "784-500-10, scale 0.1", takesRows: true) { dense(.gaussian(scale: 0.1), &$0) },
      Entry(name: "784-500-10, Kaiming", takesRows: true) { dense(.kaiming, &$0) },
      Entry(name: "784-500×4-10, batch norm", takesRows: true) {
        BatchNormMLP<Float>(.kaiming, using: &$0).layers
      },
      Entry(name: "LeNet, modern", takesRows: false) { generator in
        let net = try ModernLeNet<Float>(using: &generator)
        return Sequential<Float>(ZeroPadding2d(2), net.layers)
      },
      Entry(name: "MLP-Mixer, small", takesRows: false) { generator in
        let size = MixerSize(patch: 4, channels: 48, depth: 2, tokenHidden: 32, channelHidden: 96)
        return try Mixer<Float>(size, image: 28, channels: 1, classes: 10, using: &generator).layers
      },
      // Its loss is a sum of 84 squares, whose slope is steeper: hence the smaller step.
      Entry(name: "LeNet-5, as published", takesRows: false, goal: .distances, rate: 0.005) {
        Sequential<Float>(ZeroPadding2d(2), try LeNet5<Float>(using: &$0).layers)
      },
    ]
  }

  private func dense(_ initializer: Initializer, _ generator: inout Generator) -> Sequential<Float>
  {
    Sequential(
      Linear(inputs: 784, outputs: 500, initializer, using: &generator),
      ReLU(),
      Linear(inputs: 500, outputs: 10, initializer, using: &generator)
    )
  }

  func findings() throws -> Findings {
    var findings = Findings()
    let digits = context.digits.training.prefix(context.quick ? 2000 : 20_000)
    let epochs = context.quick ? 2 : 3
    findings.say(
      "\(epochs) epochs over \(Numbers.grouped(digits.count)) digits in batches of 64 with rate "
        + "0.05, all in the same order; convolutional networks see the images as images. The "
        + "published LeNet-5 answers with distances to the digits’ pictures, of which the smallest "
        + "wins, and learns by their mean; it has rate 0.005."
    )
    var losses: [LineChart.Series] = []
    var accuracies: [LineChart.Series] = []
    var rows: [[String]] = []
    var (first, last) = ([Double](), [Double]())
    for (index, entry) in entries.enumerated() {
      var generator = Generator(seed: context.seed)
      var net = try entry.make(&generator)
      let trainer = Trainer(
        settings: .init(rate: entry.rate, epochs: epochs),
        training: digits,
        test: context.digits.test,
        takesRows: entry.takesRows,
        goal: entry.goal
      )
      // The same order of images for all, however much the parameters drew.
      var order = Generator(seed: context.seed + 1)
      var values: [Double] = []
      let scores = try trainer.train(&net, using: &order) { share, loss in
        values.append(loss)
        let done = (Double(index) + share) / Double(entries.count)
        context.progress(done, "training-curves: \(entry.name)")
      }
      first.append(scores[0].accuracy)
      last.append(scores[epochs - 1].accuracy)
      // A distance is no cross entropy, and has no place on its axis.
      if entry.goal == .logits {
        losses.append(LineChart.Series(entry.name, thinned(values, to: 60)))
      }
      accuracies.append(
        LineChart.Series(
          entry.name,
          scores.enumerated().map { (Double($0 + 1), 100 * $1.accuracy) }
        )
      )
      rows.append(
        [entry.name, Numbers.grouped(net.parameterCount)]
          + scores.map { Numbers.percent($0.accuracy, 1) }
      )
    }
    findings.table(
      "Test accuracy",
      columns: ["network", "parameters"] + (1...epochs).map { "epoch \($0)" },
      rows
    )
    compare(&findings, first: first, last: last)
    findings.figure(
      "curves",
      "How six networks of the lecture learn. The loss of the published LeNet-5 is no cross "
        + "entropy and is left out.",
      [
        chart("Training loss", "batch", Axis("loss", .logarithmic), losses, epochs: nil),
        chart("Test accuracy", "epoch", Axis("%"), accuracies, epochs: epochs),
      ]
    )
    return findings
  }

  /// Compares the runs after the first and the last epoch; a short one on few digits says too
  /// little to be judged.
  private func compare(_ findings: inout Findings, first: [Double], last: [Double]) {
    let keepUp = min(last[3], last[5]) > last[1] - 0.01
    let claims = [
      ("after an epoch, Kaiming is ahead of scale 0.1", first[1] > first[0]),
      ("batch norm is ahead of Kaiming", first[2] > first[1]),
      ("at the end both LeNets are within 1 % of 784-500-10, or ahead", keepUp),
    ]
    findings.compare(
      "The claim",
      claims.map { what, truth in
        context.quick ? .shown(what, truth ? "yes" : "no") : .holds(what, truth)
      }
    )
    findings.say(
      "The rate suits some more than others: the tanh networks and the Mixer would bear a larger "
        + "one. This is a look at how they learn, not a contest."
    )
  }

  private func chart(
    _ title: String,
    _ xTitle: String,
    _ y: Axis,
    _ series: [LineChart.Series],
    epochs: Int?
  ) -> Picture {
    let ticks = epochs.map { (1...$0).map { Tick(Double($0), "\($0)") } }
    return LineChart(
      title: title,
      summary: "A line for each of \(series.count) networks; the one with batch norm begins ahead, "
        + "the small Mixer behind.",
      x: Axis(xTitle, ticks: ticks),
      y: y,
      series: series
    ).picture()
  }
}
