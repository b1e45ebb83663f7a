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
    cost: Cost(200, quick: 20)
  ) { try Depth(context: $0).findings() }
}

/// Plain and residual networks of growing depth, on digits, from three seeds each.
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
        + "in batches of 32 with rate 0.05 and momentum 0.9, from the seeds "
        + seeds.map(String.init).joined(separator: ", ") + "."
    )
    var series: [LineChart.Series] = []
    var rows: [[String]] = []
    var last: [Bool: [Double]] = [:]
    let total = Double(2 * blocks.count * seeds.count)
    var done = 0.0
    for (kind, residual) in [("plain", false), ("residual", true)] {
      for count in blocks {
        let layers = 6 * count + 2
        let runs = try seeds.map { seed in
          defer { done += 1 }
          return try run(count, residual: residual, on: digits, seed: seed) { share in
            context.progress((done + share) / total, "depth: \(kind), \(layers) layers")
          }
        }
        let late = runs.map(\.late)
        last[residual, default: []].append(late.reduce(0, +) / Double(late.count))
        rows.append([
          "\(kind), \(layers) layers", late.map { Numbers.fixed($0, 3) }.joined(separator: ", "),
          runs.map { Numbers.percent($0.accuracy, 1) }.joined(separator: ", "),
        ])
        let losses = runs[0].losses.indices.map { batch in
          runs.reduce(0) { $0 + $1.losses[batch] } / Double(runs.count)
        }
        series.append(LineChart.Series("\(kind), \(layers)", thinned(losses, to: 40)))
      }
    }
    findings.table(
      "After the epoch, seed by seed",
      columns: ["", "training loss, last quarter", "test accuracy"],
      rows
    )
    findings.figure(
      "curves",
      "Training loss of the batches, mean over the seeds, smoothed.",
      [
        chart("Plain", Array(series.prefix(blocks.count))),
        chart("Residual", Array(series.suffix(blocks.count))),
      ]
    )
    compare(&findings, plain: last[false] ?? [], residual: last[true] ?? [])
    if !context.quick {
      findings.say(
        "The two deeper residual networks learn much alike, and which is ahead hangs on the "
          + "seed: for digits 20 layers are enough. With shortcuts 44 do no harm."
      )
    }
    return findings
  }

  private var seeds: [UInt64] { (0..<3).map { context.seed + $0 } }

  /// The late training losses by depth, mean over the seeds; a short run on few digits says too
  /// little to be judged.
  private func compare(_ findings: inout Findings, plain: [Double], residual: [Double]) {
    let isWorse = plain.dropLast().allSatisfy { $0 < plain.last ?? 0 }
    let isBetter = (residual.last ?? 0) < (residual.first ?? 0)
    let isAhead = (residual.last ?? 0) < (plain.last ?? 0)
    let claims = [
      ("of the plain networks the deepest trains worst", isWorse),
      ("the deepest residual network trains better than the shallowest", isBetter),
      ("of the deepest two, the residual one trains better", isAhead),
    ]
    findings.compare(
      "The direction, of the mean over the seeds",
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

  /// The losses of one training run.
  private struct Run {
    let losses: [Double]
    let accuracy: Double

    /// The mean over the last quarter of the batches.
    var late: Double {
      let tail = losses.suffix(losses.count / 4)
      return tail.reduce(0, +) / Double(tail.count)
    }
  }

  private func run(
    _ blocks: Int,
    residual: Bool,
    on digits: ImageSet,
    seed: UInt64,
    progress: (Double) -> Void
  ) throws -> Run {
    var generator = Generator(seed: seed)
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
    return Run(losses: losses, accuracy: scores[0].accuracy)
  }
}
