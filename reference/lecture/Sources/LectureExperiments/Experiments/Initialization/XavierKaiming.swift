internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let xavierKaiming = Experiment(
    "xavier-kaiming",
    title: "Training from Xavier and from Kaiming",
    slides: "S18, S19",
    chapter: .initialization,
    claim: "Both methods start near log K and learn digits well within an epoch.",
    cost: Cost(22, quick: 2)
  ) { try XavierKaiming(context: $0).findings() }
}

/// 784-500-10 from either method, zero biases, one epoch with batches of 8 and rate 0.005.
private struct XavierKaiming {
  let context: Context

  func findings() throws -> Findings {
    var findings = Findings()
    var series: [LineChart.Series] = []
    var rows: [Comparison.Row] = []
    for (index, entry) in [
      ("Xavier", Initializer.xavier, 2.67, 94.9), ("Kaiming", .kaiming, 3.42, 95.2),
    ].enumerated() {
      let (name, initializer, loss, accuracy) = entry
      let run = try run(initializer) { share in
        context.progress((Double(index) + share) / 2, "xavier-kaiming: \(name)")
      }
      let isFull = context.digits.isFull
      rows += [
        .near("\(name), initial loss", loss, run.start, within: 0.15),
        isFull
          ? .near("\(name), test accuracy, %", accuracy, run.accuracy, within: 0.01)
          : .shown("\(name), test accuracy, %", Numbers.fixed(run.accuracy, 1)),
      ]
      series.append(LineChart.Series(name, thinned(run.losses, to: 80)))
    }
    findings.compare("One epoch with batches of 8", with: .measured, rows)
    let chart = LineChart(
      title: "Loss of the batches",
      summary: "Both fall from about 3 to below 0.3 within the epoch, side by side.",
      x: Axis("batch"),
      y: Axis("loss", .logarithmic),
      series: series,
      rule: (2.302585, "log 10")
    )
    findings.figure("curves", "The loss of the batches, smoothed.", [chart.picture()])
    findings.say(
      "Here n is the number of units of the previous layer, as on the slides. The literature’s "
        + "Xavier, by Glorot and Bengio, uses both sides, N(0, 2/(n + m)); the engine has it as "
        + "`glorot`."
    )
    return findings
  }

  private func run(
    _ initializer: Initializer,
    progress: (Double) -> Void
  ) throws -> (start: Double, losses: [Double], accuracy: Double) {
    var generator = Generator(seed: context.seed)
    var net = TwoLayerNet<Float>(
      inputs: 784,
      hidden: 500,
      classes: 10,
      initializer,
      using: &generator
    )
    let digits = context.digits.training
    let start = try Transcript.Score(of: net, on: digits.prefix(10_000)).loss
    let batches = Batches(of: digits.count, size: 8, shuffledBy: &generator)
    var losses: [Double] = []
    for (index, indices) in batches.enumerated() {
      progress(Double(index) / Double(batches.count))
      let loss = try net.step(
        digits.rows(at: indices),
        labels: digits.labels(at: indices),
        learningRate: 0.005
      )
      losses.append(Double(loss))
    }
    let score = try Transcript.Score(of: net, on: context.digits.test)
    return (start, losses, 100 * Double(score.correct) / Double(score.count))
  }
}
