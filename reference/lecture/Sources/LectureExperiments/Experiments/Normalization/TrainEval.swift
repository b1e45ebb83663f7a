internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let trainEval = Experiment(
    "train-eval",
    title: "Batch norm in training and in use",
    slides: "S29, S30",
    chapter: .normalization,
    claim: "In training the answer for a sample depends on its neighbours; in use, with the "
      + "statistics of the training data, it does not, and one sample is enough."
  ) { try TrainEval(context: $0).findings() }
}

/// Batch norm's two modes, and two ways to the statistics of the training data.
private struct TrainEval {
  let context: Context

  func findings() throws -> Findings {
    var findings = Findings()
    try neighbours(&findings)
    try statistics(&findings)
    return findings
  }

  private func neighbours(_ findings: inout Findings) throws {
    var generator = Generator(seed: context.seed)
    let norm = BatchNorm<Float>(channels: 8)
    let sample: Tensor<Float> = generator.normal(shape: [1, 8])
    let answers = try [Mode.training, .evaluation].map { mode in
      try (0..<2).map { _ in
        let others: Tensor<Float> = generator.normal(shape: [15, 8])
        let batch = Tensor(shape: [16, 8], scalars: sample.scalars + others.scalars)
        return try norm.forward(batch, mode: mode).output.row(0)
      }
    }
    let alone = try norm.forward(sample, mode: .evaluation).output.row(0)
    var complaint = "no error"
    do { _ = try norm.forward(sample, mode: .training) } catch { complaint = "\(error)" }
    let expected = "Expected more than 1 value per channel when training"
    findings.compare(
      "The same sample among other neighbours",
      [
        .shown(
          "training: the answer changes by up to",
          Numbers.significant(answers[0][0].distance(to: answers[0][1]))
        ),
        .exact("use: by", "0", Numbers.short(answers[1][0].distance(to: answers[1][1]), 9)),
        .exact("use, alone: by", "0", Numbers.short(alone.distance(to: answers[1][0]), 9)),
        .holds("training, alone: an error says “\(expected)”", complaint.hasPrefix(expected)),
      ]
    )
  }

  /// Running averages on their way to the statistics of a full pass, on digits.
  private func statistics(_ findings: inout Findings) throws {
    let digits = context.digits.training.prefix(5000)
    var generator = Generator(seed: context.seed)
    let layer = try Linear<Float>(
      weight: generator.normal(shape: [10, digits.valuesPerImage]) * Float(1.0 / 28),
      bias: nil
    )
    let order = generator.permutation(digits.count)
    let batches = try stride(from: 0, to: digits.count - 63, by: 64).map { start in
      try layer(digits.rows(at: Array(order[start..<start + 64])))
    }
    var full = BatchNorm<Float>(channels: 10)
    _ = try full.measureStatistics(over: batches)
    var running = BatchNorm<Float>(channels: 10)
    var gaps: [(x: Double, y: Double)] = []
    for (step, batch) in batches.enumerated() {
      running.absorb(try running.forward(batch, mode: .training).cache)
      let gap = (running.runningVariance - full.runningVariance).norm / full.runningVariance.norm
      gaps.append((Double(step + 1), gap))
    }
    findings.say(
      "The statistics for use can be measured in one pass over all training data, or gathered "
        + "while training: after each batch the running mean and the running, unbiased variance "
        + "move towards the batch’s by a tenth. On \(Numbers.grouped(digits.count)) digits, behind "
        + "a fixed random layer of 10 units, in batches of 64:"
    )
    let chart = LineChart(
      title: "Running variance on its way",
      summary: "The distance falls within about 30 batches and then stays at a few percent, since "
        + "the last ten batches or so always weigh most.",
      x: Axis("batches seen"),
      y: Axis("distance from the full pass, relative", .logarithmic),
      series: [LineChart.Series("running variance", gaps)]
    )
    findings.figure(
      "running",
      "Running statistics against those of a full pass.",
      [chart.picture()]
    )
    findings.compare(
      "After \(batches.count) batches",
      with: .theory,
      [
        .between(
          "relative distance of the running variance",
          0.0...0.2,
          gaps.last?.y ?? .nan,
          decimals: 3
        )
      ]
    )
  }
}
