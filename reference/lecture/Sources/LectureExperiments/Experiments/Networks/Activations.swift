internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let activations = Experiment(
    "activations",
    title: "Activations and their slopes",
    slides: "S6",
    chapter: .networks,
    claim: "ReLU, sigmoid, tanh, GELU and leaky ReLU bend a layer’s output; learning goes through "
      + "their slopes."
  ) { _ in try Activations().findings() }
}

/// The activations of the lecture: curves, slopes, and what happens far out and at zero.
private struct Activations {
  private let kinds: [(name: String, layer: any Layer<Double>)] = [
    ("ReLU", ReLU()), ("leaky ReLU", LeakyReLU()), ("sigmoid", Sigmoid()), ("tanh", Tanh()),
    ("GELU", GELU()),
  ]

  private func value(_ layer: any Layer<Double>, _ x: Double) throws -> Double {
    try layer(Tensor([x]))[0]
  }

  private func slope(_ layer: any Layer<Double>, _ x: Double) throws -> Double {
    try derivative(layer, x)
  }

  private func derivative(_ layer: some Layer<Double>, _ x: Double) throws -> Double {
    let (_, cache) = try layer.forward(Tensor([x]), mode: .training)
    return try layer.backward(Tensor([1.0]), cache: cache).dInput[0]
  }

  func findings() throws -> Findings {
    var findings = Findings()
    findings.figure(
      "curves",
      "The values of the activations, and their derivatives as the engine’s backward pass gives "
        + "them.",
      [
        try chart("Values", "Sigmoid and tanh level off, the others do not.", value),
        try chart(
          "Slopes",
          "Sigmoid’s slope is at most 1/4 and tanh’s at most 1; both vanish far "
            + "from zero, where ReLU’s stays 1.",
          slope
        ),
      ]
    )
    findings.compare(
      "At single points",
      with: .theory,
      [
        .digits("sigmoid, slope at 0", "0.250000", try slope(Sigmoid(), 0), 6),
        .digits("tanh, slope at 0", "1.000000", try slope(Tanh(), 0), 6),
        .digits("GELU at 1", "0.841345", try value(GELU(), 1), 6),
        .digits("GELU, tanh form, at 1", "0.841192", try value(GELU(.tanh), 1), 6),
        .digits("sigmoid at -40, times 10¹⁸", "4.248354", try value(Sigmoid(), -40) * 1e18, 6),
        .digits("GELU at -40", "0.000000", abs(try value(GELU(), -40)), 6),
        .digits("GELU at 40", "40.000000", try value(GELU(), 40), 6),
        .digits("ReLU, slope at exactly 0", "1.000000", try slope(ReLU(), 0), 6),
      ]
    )
    findings.say(
      "At exactly 0 ReLU has no derivative. The slide’s mask sets the gradient to zero where "
        + "`z < 0`, so it passes at 0, and ours does the same; PyTorch’s own ReLU stops it there. "
        + "It matters only for networks that start at zero."
    )
    return findings
  }

  private func chart(
    _ title: String,
    _ summary: String,
    _ function: (any Layer<Double>, Double) throws -> Double
  ) throws -> Picture {
    let places = stride(from: -4.0, through: 4.0, by: 0.05)
    return LineChart(
      title: title,
      summary: summary,
      x: Axis("z", range: -4...4),
      y: Axis(
        title == "Values" ? "a(z)" : "a′(z)",
        range: title == "Values" ? -1.2...2 : -0.2...1.2
      ),
      series: try kinds.map { kind in
        LineChart.Series(
          kind.name,
          try places.map { (x: $0, y: try function(kind.layer, $0)) }
            .filter { $0.y <= 2 }
        )
      }
    ).picture()
  }
}
