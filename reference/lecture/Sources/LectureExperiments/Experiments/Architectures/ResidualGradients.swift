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

  /// A kind of network: its name, its weights' scale, and whether it has norms.
  private struct Kind {
    let name: String
    /// The standard deviation of the weights, times √n.
    let factor: Float
    let hasNorm: Bool
  }

  private static let kinds = [
    Kind(name: "small weights, s = 0.1", factor: 0.1, hasNorm: false),
    Kind(name: "Xavier, s = 1", factor: 1, hasNorm: false),
    Kind(name: "batch norm", factor: 1, hasNorm: true),
  ]

  /// Linear, norm where there is one, ReLU; with a shortcut around it or without.
  private func layer(
    _ kind: Kind,
    residual: Bool,
    _ generator: inout Generator
  ) throws -> any Layer<Float> {
    let weight: Tensor<Float> = generator.normal(shape: [width, width])
    var parts: [any Layer<Float>] = [
      try Linear<Float>(weight: weight * (kind.factor / Float(width).squareRoot()), bias: nil)
    ]
    if kind.hasNorm { parts.append(BatchNorm<Float>(channels: width)) }
    parts.append(ReLU<Float>())
    let body = Sequential<Float>(parts)
    return residual ? Block(body) : body
  }

  /// The norm of the gradient at the input, for a random gradient of norm 1 at the output.
  private func arriving(_ kind: Kind, residual: Bool, depth: Int) throws -> Double {
    var generator = Generator(seed: context.seed)
    let x: Tensor<Float> = generator.normal(shape: [32, width])
    let layers = try (0..<depth).map { _ in
      try layer(kind, residual: residual, &generator)
    }
    let net = Sequential<Float>(layers)
    let (output, cache) = try net.forward(x, mode: .training)
    let gradient: Tensor<Float> = generator.normal(shape: output.shape)
    return try net.backward(gradient * Float(1 / gradient.norm), cache: cache).dInput.norm
  }

  func findings() throws -> Findings {
    var findings = Findings()
    try vanishingBody(&findings)
    findings.say(
      "Networks of \(width) units a layer, without biases, with ReLU and weights N(0, s²/n): the "
        + "norm of the gradient at the input when it is 1 at the output. A plain layer multiplies "
        + "it by about s/√2, so over tens of layers it vanishes. Beside a shortcut it cannot "
        + "vanish; it grows where the layers are strong, since what goes around and what goes "
        + "through add up."
    )
    let depths = [1, 2, 5, 10, 20, 30, 40, 50]
    var pictures: [Picture] = []
    var rows: [Comparison.Row] = []
    for (index, kind) in Self.kinds.enumerated() {
      context.progress(Double(index) / 3, "residual: \(kind.name)")
      let norms = try [false, true].map { residual in
        try depths.map { try arriving(kind, residual: residual, depth: $0) }
      }
      let (plain, residual) = (norms[0].last ?? 0, norms[1].last ?? 0)
      rows.append(.shown("\(kind.name): plain", Numbers.significant(plain)))
      rows.append(.shown("\(kind.name): residual", Numbers.significant(residual)))
      if !kind.hasNorm {
        rows.append(
          .holds("\(kind.name): vanished without, arrives with", plain < 1e-3 && residual > 0.9)
        )
      }
      pictures.append(chart(kind, depths, norms))
    }
    findings.compare("Through 50 layers", with: .theory, rows)
    findings.figure("depth", "Gradient norm over depth, plain against residual.", pictures)
    findings.say(
      "Batch norm changes the picture: it keeps plain layers from vanishing, and makes their "
        + "gradient grow instead. The networks that S52 compares have both, norms and shortcuts."
    )
    return findings
  }

  private func chart(_ kind: Kind, _ depths: [Int], _ norms: [[Double]]) -> Picture {
    let ends = norms.map { Numbers.significant($0.last ?? .nan, 2) }
    return LineChart(
      title: kind.name,
      summary: "Through 50 layers the norm becomes \(ends[0]) in the plain network and \(ends[1]) "
        + "in the residual one.",
      x: Axis("layers"),
      y: Axis("norm of the gradient at the input", .logarithmic),
      series: zip(["plain", "residual"], norms).map { name, norms in
        LineChart.Series(name, zip(depths, norms).map { (Double($0), $1) })
      },
      rule: (1, "as at the output")
    ).picture()
  }

  /// A block whose own part passes nothing back.
  private func vanishingBody(_ findings: inout Findings) throws {
    var generator = Generator(seed: context.seed)
    let dead = try Linear<Float>(weight: .zeros(width, width), bias: nil)
    let block = Residual(dead)
    let x: Tensor<Float> = generator.normal(shape: [4, width])
    let gradient: Tensor<Float> = generator.normal(shape: [4, width])
    let plain = try dead.backward(gradient, cache: dead.forward(x, mode: .training).cache).dInput
    let through = try block.backward(gradient, cache: block.forward(x, mode: .training).cache)
      .dInput
    findings.compare(
      "A layer with all weights zero",
      with: .theory,
      [
        .holds("gradient through it alone is 0", plain.norm == 0),
        .holds("gradient through the residual block is what came in", through == gradient),
      ]
    )
  }
}
