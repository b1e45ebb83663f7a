internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let initialLoss = Experiment(
    "initial-loss",
    title: "The first loss, seed by seed",
    slides: "S14 to S16",
    chapter: .initialization,
    claim: "The loss before learning shows the scale of the weights, whatever the seed.",
    cost: Cost(25, quick: 2)
  ) { context in
    var findings = Findings()
    let digits = context.quick ? context.digits.training.prefix(2000) : context.digits.training
    let expected: [(scale: Double, name: String, range: ClosedRange<Double>, decimals: Int)] = [
      (1, "1", 590...780, 1), (0.1, "0.1", 6.3...8.1, 3), (0.0001, "0.0001", 2.302...2.3032, 4),
    ]
    var series: [LineChart.Series] = []
    for (index, entry) in expected.enumerated() {
      let losses = try (1...5).map { seed in
        context.progress((Double(index) + Double(seed) / 6) / 3, "initial-loss")
        var generator = Generator(seed: context.seed + UInt64(seed))
        let net = TwoLayerNet<Float>(
          inputs: 784,
          hidden: 500,
          classes: 10,
          .gaussian(scale: entry.scale),
          using: &generator
        )
        return try Transcript.Score(of: net, on: digits).loss
      }
      findings.compare(
        "Scale \(entry.name), over \(Numbers.grouped(digits.count)) digits",
        with: .measured,
        losses.enumerated().map { index, loss in
          let name = "seed \(context.seed + UInt64(index) + 1)"
          return context.seed == 0
            ? .between(name, entry.range, loss, decimals: entry.decimals)
            : .shown(name, Numbers.fixed(loss, entry.decimals))
        }
      )
      series.append(
        LineChart.Series(
          "scale \(entry.name)",
          losses.enumerated().map { (Double(context.seed) + Double($0 + 1), $1) }
        )
      )
    }
    let chart = LineChart(
      title: "Initial loss by seed",
      summary: "Three level lines: the scale decides, the seed hardly.",
      x: Axis(
        "seed",
        ticks: (1...5).map {
          Tick(Double(context.seed) + Double($0), "\(context.seed + UInt64($0))")
        }
      ),
      y: Axis("loss", .logarithmic),
      series: series,
      rule: (2.302585, "log 10")
    )
    findings.figure("seeds", "784-500-10 before the first step.", [chart.picture()])
    return findings
  }
}
