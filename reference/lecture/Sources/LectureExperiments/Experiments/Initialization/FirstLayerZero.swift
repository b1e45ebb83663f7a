internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let firstLayerZero = Experiment(
    "first-layer-zero",
    title: "Only the first layer zero",
    slides: "S13",
    chapter: .initialization,
    claim: "With only W1 zero the network learns: W2 is random, so hidden units get different "
      + "gradients from the first step on.",
    cost: Cost(13, quick: 2)
  ) { try FirstLayerZero(context: $0).findings() }
}

/// 784-500-10 with W1 = 0 and the rest from N(0, 0.1²), for one epoch.
private struct FirstLayerZero {
  let context: Context

  func findings() throws -> Findings {
    var findings = Findings()
    let net = try trained(batch: 64, from: 0, to: context.quick ? 1 : 0.2)
    var rows = [accuracy("batches of 64", 0.915, try score(net))]
    if !context.quick {
      rows.append(accuracy("batches of 8", 0.954, try score(trained(batch: 8, from: 0.2, to: 1))))
    }
    findings.say("784-500-10; W1 is zero and the rest is drawn from N(0, 1) times 0.1.")
    findings.compare("Test accuracy after one epoch", with: .measured, rows)
    compareUnits(&findings, net)
    findings.say(
      "With W1 = 0 a unit’s value is its bias, for every image. Where the drawn bias is negative, "
        + "ReLU switches the unit off for good: no gradient ever reaches it."
    )
    findings.figure(
      "units",
      "Six columns of W1 after the epoch, of units that learned: pictures of what they look for.",
      [unitPictures(net)]
    )
    findings.note(
      "The slide prints rows of W1 that are equal, and reads this as units that did not learn. The "
        + "rows shown belong to pixels at the border, which have the same value in every image; "
        + "a row of W1 belongs to an input, and inputs that never differ get equal gradients. A "
        + "hidden unit is a column, and columns do differ."
    )
    return findings
  }

  private func trained(batch: Int, from start: Double, to end: Double) throws -> TwoLayerNet<Float>
  {
    var generator = Generator(seed: context.seed)
    var net = TwoLayerNet<Float>(
      inputs: 784,
      hidden: 500,
      classes: 10,
      .gaussian(scale: 0.1),
      using: &generator
    )
    net.w1 = .zeros(784, 500)
    let digits = context.digits.training
    let batches = Batches(of: digits.count, size: batch, shuffledBy: &generator)
    for (index, indices) in batches.enumerated() {
      let share = Double(index) / Double(batches.count)
      context.progress(start + (end - start) * share, "first-layer-zero: batches of \(batch)")
      _ = try net.step(
        digits.rows(at: indices),
        labels: digits.labels(at: indices),
        learningRate: 0.005
      )
    }
    return net
  }

  private func score(_ net: TwoLayerNet<Float>) throws -> Double {
    let score = try Transcript.Score(of: net, on: context.digits.test)
    return Double(score.correct) / Double(score.count)
  }

  private func accuracy(_ what: String, _ known: Double, _ measured: Double) -> Comparison.Row {
    context.digits.isFull
      ? .near(what, 100 * known, 100 * measured, within: 0.01)
      : .shown("\(what), %", Numbers.fixed(100 * measured, 1))
  }

  // MARK: Rows and columns

  /// The pixels that have one value in all images.
  private var constantPixels: [Int] {
    let digits = context.digits.training
    var isConstant = [Bool](repeating: true, count: 784)
    let first = Array(digits.bytes.prefix(784))
    for image in 0..<digits.count {
      for pixel in 0..<784 where digits.bytes[image * 784 + pixel] != first[pixel] {
        isConstant[pixel] = false
      }
    }
    return (0..<784).filter { isConstant[$0] }
  }

  private func compareUnits(_ findings: inout Findings, _ net: TwoLayerNet<Float>) {
    let constant = constantPixels
    let rows = constant.map { net.w1.row($0).scalars }
    let columns = net.w1.transposed()
    let learned = Self.learned(columns)
    let distances = learned.dropFirst().map { unit in
      columns.row(unit).distance(to: columns.row(learned[0]))
    }
    let others = (0..<784).filter { !constant.contains($0) }
      .filter { net.w1.row($0).scalars == rows.first }
    findings.compare(
      "W1 after the epoch",
      with: .theory,
      [
        context.digits.isFull
          ? .count("pixels that never change", 67, constant.count)
          : .shown("pixels that never change", "\(constant.count)"),
        .holds("their rows are all equal", rows.allSatisfy { $0 == rows.first }),
        .count("other rows that equal them", 0, others.count),
        .holds("hidden units that learned are unlike", (distances.min() ?? 0) > 0),
        .shown("hidden units that never switched on", "\(500 - learned.count) of 500"),
        .shown("weights of the first layer", Numbers.grouped(net.w1.count)),
      ]
    )
  }

  /// The units whose weights have moved.
  private static func learned(_ columns: Tensor<Float>) -> [Int] {
    (0..<columns.shape[0]).filter { unit in columns.row(unit).scalars.contains { $0 != 0 } }
  }

  private func unitPictures(_ net: TwoLayerNet<Float>) -> Picture {
    let columns = net.w1.transposed()
    return PictureGrid(
      title: "What six hidden units look for",
      summary: "Six different patterns in the middle of the image, even at its border.",
      images: Self.learned(columns).prefix(6).map { unit in
        PictureGrid.Image("unit \(unit + 1)", width: 28, pixels: columns.row(unit).doubles)
      },
      colours: .signed,
      perRow: 3
    ).picture()
  }
}
