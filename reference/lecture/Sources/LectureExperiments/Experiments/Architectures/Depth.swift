internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let depth = Experiment(
    "depth",
    title: "Deeper: plain and residual networks in training",
    slides: "S52",
    chapter: .architectures,
    claim: "Plain networks get harder to train with depth; residual ones do not.",
    cost: Cost(120, quick: 15)
  ) { try Depth(context: $0).findings() }
}

/// Plain and residual networks of growing depth, on digits.
private struct Depth {
  let context: Context

  func findings() throws -> Findings {
    var findings = Findings()
    let blocks = context.quick ? [1, 5] : [1, 3, 7]
    let digits = context.digits.training.prefix(context.quick ? 1000 : 5000)
    findings.say(
      "The slide’s table is ImageNet: plain 18 and 34 with 27.94 and 28.54 % error, ResNet-18 and "
        + "34 with 27.88 and 25.03 %. That does not run here. What was run: the same kind of "
        + "network for digits, three stages of 4, 8 and 16 channels, shortcuts without "
        + "parameters, batch norm; \(Numbers.grouped(digits.count)) digits of 28 × 28, one epoch "
        + "in batches of 32 with rate 0.05 and momentum 0.9."
    )
    var series: [LineChart.Series] = []
    var rows: [[String]] = []
    var last: [Bool: [Double]] = [:]
    let total = Double(2 * blocks.count)
    for (kind, residual) in [("plain", false), ("residual", true)] {
      for (index, count) in blocks.enumerated() {
        let layers = 6 * count + 2
        let place = Double((residual ? blocks.count : 0) + index)
        let (losses, score) = try run(count, residual: residual, on: digits) { share in
          context.progress((place + share) / total, "depth: \(kind), \(layers) layers")
        }
        let tail = losses.suffix(losses.count / 4)
        let late = tail.reduce(0, +) / Double(tail.count)
        last[residual, default: []].append(late)
        rows.append([
          "\(kind), \(layers) layers", Numbers.fixed(late, 3), Numbers.percent(score, 1),
        ])
        series.append(LineChart.Series("\(kind), \(layers)", thinned(losses, to: 40)))
      }
    }
    findings.table(
      "After the epoch",
      columns: ["", "training loss, last quarter", "test accuracy"],
      rows
    )
    findings.figure(
      "curves",
      "Training loss of the batches, smoothed.",
      [
        chart("Plain", Array(series.prefix(blocks.count))),
        chart("Residual", Array(series.suffix(blocks.count))),
      ]
    )
    compare(&findings, plain: last[false] ?? [], residual: last[true] ?? [])
    return findings
  }

  /// The late training losses by depth; a short run on few digits says too little to be judged.
  private func compare(_ findings: inout Findings, plain: [Double], residual: [Double]) {
    let isWorse = (plain.last ?? 0) > (plain.dropLast().last ?? 0)
    let isBetter = (residual.last ?? 0) < (residual.dropLast().last ?? 0)
    let isAhead = (residual.last ?? 0) < (plain.last ?? 0)
    let claims = [
      ("the deepest plain network trains worse than the one before", isWorse),
      ("the deepest residual network trains better than the one before", isBetter),
      ("of the deepest two, the residual one trains better", isAhead),
    ]
    findings.compare(
      "The direction",
      claims.map { what, truth in
        context.quick ? .shown(what, truth ? "yes" : "no") : .holds(what, truth)
      }
    )
  }

  private func chart(_ title: String, _ series: [LineChart.Series]) -> Picture {
    LineChart(
      title: title,
      summary: "Training loss over the batches, a line for each depth.",
      x: Axis("batch"),
      y: Axis("loss", .logarithmic, range: 0.05...3),
      series: series
    ).picture()
  }

  private func run(
    _ blocks: Int,
    residual: Bool,
    on digits: ImageSet,
    progress: (Double) -> Void
  ) throws -> (losses: [Double], accuracy: Double) {
    var generator = Generator(seed: context.seed)
    var net = try ResNet<Float>(
      ResNetPlan(blocks: [blocks, blocks, blocks], isBottleneck: false),
      shortcut: residual ? .padding : .none,
      stem: .small,
      channels: 1,
      width: 4,
      classes: 10,
      using: &generator
    )
    let trainer = Trainer(
      settings: .init(batchSize: 32, rate: 0.05, momentum: 0.9),
      training: digits,
      test: context.digits.test.prefix(1000),
      takesRows: false
    )
    var losses: [Double] = []
    let scores = try trainer.train(&net, using: &generator) { share, loss in
      losses.append(loss)
      progress(share)
    }
    return (losses, scores[0].accuracy)
  }
}
