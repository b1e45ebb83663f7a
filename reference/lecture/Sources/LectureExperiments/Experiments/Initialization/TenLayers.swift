internal import CourseKit
internal import LectureCharts

extension Experiment {
  static let tenLayers = Experiment(
    "ten-layers",
    title: "Ten layers under three methods",
    slides: "S20",
    chapter: .initialization,
    claim: "With small random weights the signal dies out with depth; Xavier, made for activations "
      + "that are linear around zero, fades under ReLU; Kaiming keeps it.",
    cost: Cost(1, quick: 1)
  ) { try TenLayers(context: $0).findings() }
}

/// Ten layers with ReLU on random input; the mean and standard deviation after each.
private struct TenLayers {
  let context: Context

  /// A scaling of the weights.
  private struct Method: Sendable {
    let name: String
    let factor: @Sendable (_ units: Int) -> Double
    /// The standard deviation at layers 1, 2, 5 and 10 for width 500, of other draws in PyTorch.
    let known: [Double]
    /// The same at layers 1 and 10 for width 100.
    let knownNarrow: [Double]
  }

  private static let methods = [
    Method(
      name: "Gaussian × 0.01",
      factor: { _ in 0.01 },
      known: [0.131, 0.0206, 8.1e-5, 7.9e-9],
      knownNarrow: [0.0585, 2.6e-12]
    ),
    Method(
      name: "Xavier",
      factor: { (1 / Double($0)).squareRoot() },
      known: [0.584, 0.412, 0.144, 0.0253],
      knownNarrow: [0.584, 0.0231]
    ),
    Method(
      name: "Kaiming",
      factor: { (2 / Double($0)).squareRoot() },
      known: [0.825, 0.824, 0.806, 0.807],
      knownNarrow: [0.827, 0.708]
    ),
  ]

  private func pass(_ method: Method, width: Int) throws -> [(mean: Double, deviation: Double)] {
    var generator = Generator(seed: context.seed)
    var x: Tensor<Float> = generator.normal(shape: [256, width])
    return try (0..<10).map { _ in
      let w: Tensor<Float> = generator.normal(shape: [width, width])
      x = try x.matmul(w * Float(method.factor(width))).maximum(0)
      return (x.mean, x.deviation)
    }
  }

  func findings() throws -> Findings {
    var findings = Findings()
    findings.say(
      "A batch of 256 random inputs goes through ten layers of equal width without biases, each "
        + "followed by ReLU. The tables hold the standard deviation after a layer against that "
        + "of other draws in PyTorch; single draws differ by a few percent, and more in narrow "
        + "nets, where a layer’s luck is kept by all that follow."
    )
    let wide = try Self.methods.map { try pass($0, width: 500) }
    let narrow = try Self.methods.map { try pass($0, width: 100) }
    for (index, method) in Self.methods.enumerated() {
      let rows = zip([1, 2, 5, 10], method.known).map { layer, known -> Comparison.Row in
        .near("width 500, layer \(layer)", known, wide[index][layer - 1].deviation, within: 0.08)
      }
      let narrowRows = zip([1, 10], method.knownNarrow).map { layer, known -> Comparison.Row in
        .near("width 100, layer \(layer)", known, narrow[index][layer - 1].deviation, within: 0.6)
      }
      findings.compare("Standard deviation, \(method.name)", with: .measured, rows + narrowRows)
    }
    findings.figure(
      "panels",
      "Mean and standard deviation after each layer, width 500.",
      panels(wide)
    )
    findings.figure("decay", "The three methods on one logarithmic axis.", [decay(wide)])
    return findings
  }

  // MARK: Figures

  private static let layers = Axis(
    "layer",
    range: 0.5...10.5,
    ticks: (1...10).map { Tick(Double($0), String($0)) }
  )

  private func panels(_ passes: [[(mean: Double, deviation: Double)]]) -> [Picture] {
    zip(Self.methods, passes).map { method, pass in
      LineChart(
        title: method.name,
        summary: "The standard deviation goes from \(Numbers.significant(pass[0].deviation)) to "
          + "\(Numbers.significant(pass[9].deviation)), the mean from "
          + "\(Numbers.significant(pass[0].mean)) to \(Numbers.significant(pass[9].mean)).",
        x: Self.layers,
        y: Axis("mean, and one std around it", range: -0.6...1.6),
        series: [
          LineChart.Series(
            "mean",
            pass.enumerated().map { (x: Double($0 + 1), y: $1.mean) },
            spread: pass.map(\.deviation)
          )
        ]
      ).picture()
    }
  }

  private func decay(_ passes: [[(mean: Double, deviation: Double)]]) -> Picture {
    LineChart(
      title: "Standard deviation by layer",
      summary: "Small Gaussian weights lose a factor of about six with each layer, Xavier one of "
        + "about 1.4, Kaiming none.",
      x: Self.layers,
      y: Axis("std after ReLU", .logarithmic),
      series: zip(Self.methods, passes).map { method, pass in
        LineChart.Series(
          method.name,
          pass.enumerated().map { (x: Double($0 + 1), y: $1.deviation) }
        )
      }
    ).picture()
  }
}
