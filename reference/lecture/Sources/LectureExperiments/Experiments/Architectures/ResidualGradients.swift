internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let residual = Experiment(
    "residual",
    title: "Gradients through plain and residual layers",
    slides: "S49, S51",
    chapter: .architectures,
    claim: "z′ = g(z) + z lets the gradient through even where that of g vanishes, so depth does "
      + "not starve the first layers.",
    cost: Cost(2, quick: 1)
  ) { try ResidualGradients(context: $0).findings() }
}

/// The gradient that arrives at the input, over the depth of a network.
private struct ResidualGradients {
  let context: Context
  private let width = 64

  private typealias Block = Residual<Sequential<Float>, Identity<Float>>

  /// A layer of either kind.
  private func layer(
    residual: Bool,
    factor: Float,
    _ generator: inout Generator
  ) throws -> any Layer<Float> {
    let weight: Tensor<Float> = generator.normal(shape: [width, width])
    let linear = try Linear<Float>(
      weight: weight * (factor / Float(width).squareRoot()),
      bias: nil
    )
    let body = Sequential<Float>(linear, ReLU())
    return residual ? Block(body) : body
  }

  /// The norm of the gradient at the input, for a random gradient of norm 1 at the output.
  private func arriving(residual: Bool, depth: Int, factor: Float) throws -> Double {
    var generator = Generator(seed: context.seed)
    var x: Tensor<Float> = generator.normal(shape: [16, width])
    let layers = try (0..<depth).map { _ in
      try layer(residual: residual, factor: factor, &generator)
    }
    let net = Sequential<Float>(layers)
    let (output, cache) = try net.forward(x, mode: .training)
    x = generator.normal(shape: output.shape)
    let arrived = try net.backward(x * Float(1 / x.norm), cache: cache).dInput
    return arrived.norm
  }

  func findings() throws -> Findings {
    var findings = Findings()
    try vanishingBody(&findings)
    findings.say(
      "Networks of \(width) units a layer without biases, ReLU, and weights N(0, s²/n): the norm "
        + "of the gradient at the input when it is 1 at the output. A plain layer multiplies it by "
        + "about s/√2, and over tens of layers even a small departure from √2 adds up; beside a "
        + "shortcut it stays within sight."
    )
    let depths = [1, 2, 5, 10, 20, 30, 50, 75, 100]
    var pictures: [Picture] = []
    var rows: [Comparison.Row] = []
    for (factor, name) in [(Float(0.1), "s = 0.1"), (1, "s = 1, Xavier")] {
      let series = try [(false, "plain"), (true, "residual")].map { residual, kind in
        LineChart.Series(
          kind,
          try depths.map { depth in
            (Double(depth), try arriving(residual: residual, depth: depth, factor: factor))
          }
        )
      }
      pictures.append(
        LineChart(
          title: "Weights with \(name)",
          summary: "Through plain layers the gradient vanishes exponentially with depth; with "
            + "shortcuts it does not.",
          x: Axis("layers"),
          y: Axis("norm of the gradient at the input", .logarithmic),
          series: series,
          rule: (1, "as at the output")
        ).picture()
      )
      let plain = try arriving(residual: false, depth: 50, factor: factor)
      let residual = try arriving(residual: true, depth: 50, factor: factor)
      rows.append(.shown("\(name), plain", Numbers.significant(plain)))
      rows.append(.shown("\(name), residual", Numbers.significant(residual)))
      rows.append(.holds("\(name): residual at least 1, plain below 0.001",
        residual > 0.99 && plain < 1e-3))
    }
    findings.compare("Through 50 layers", with: .theory, rows)
    findings.figure("depth", "Gradient norm over depth, plain against residual.", pictures)
    return findings
  }

  /// A block whose own part passes nothing back.
  private func vanishingBody(_ findings: inout Findings) throws {
    var generator = Generator(seed: context.seed)
    let dead = try Linear<Float>(weight: .zeros(width, width), bias: nil)
    let block = Residual(dead)
    let x: Tensor<Float> = generator.normal(shape: [4, width])
    let gradient: Tensor<Float> = generator.normal(shape: [4, width])
    let plain = try dead.backward(gradient, cache: dead.forward(x, mode: .training).cache).dInput
    let through = try block.backward(gradient, cache: block.forward(x, mode: .training).cache).dInput
    findings.compare(
      "A layer with all weights zero",
      with: .theory,
      [
        .vanishing("gradient through it alone", plain.norm, below: 0),
        .holds("gradient through the residual block is what came in", through == gradient),
      ]
    )
  }
}
