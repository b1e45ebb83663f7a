internal import CourseKit
internal import LectureCharts

extension Experiment {
  static let oneLayer = Experiment(
    "one-layer",
    title: "What one layer does to the spread",
    slides: "S17 to S19",
    chapter: .initialization,
    claim: "A layer of n units multiplies the standard deviation by √n. Dividing the weights by "
      + "√n (Xavier) keeps it; dividing by √(n/2) (Kaiming) keeps the mean square through ReLU.",
    cost: Cost(2, quick: 0.3)
  ) { try OneLayer(context: $0).findings() }
}

/// One layer of 100 units, as on the slides: `z = x W`, then ReLU.
private struct OneLayer {
  let context: Context
  let units = 100

  /// A scaling of the weights.
  enum Method: String, CaseIterable {
    case raw = "N(0, 1)"
    case xavier = "N(0, 1/n), Xavier"
    case kaiming = "N(0, 2/n), Kaiming"

    func factor(_ units: Int) -> Double {
      switch self {
      case .raw: 1
      case .xavier: (1 / Double(units)).squareRoot()
      case .kaiming: (2 / Double(units)).squareRoot()
      }
    }
  }

  /// The input and the output of a layer.
  struct Pass {
    let x: Tensor<Float>
    let w: Tensor<Float>
    let z: Tensor<Float>

    init(_ method: Method, units: Int, from generator: inout Generator) throws {
      x = generator.normal(shape: [1, units])
      let drawn: Tensor<Float> = generator.normal(shape: [units, units])
      w = drawn * Float(method.factor(units))
      z = try x.matmul(w)
    }

    var relu: Tensor<Float> { z.maximum(0) }
  }

  func findings() throws -> Findings {
    var findings = Findings()
    findings.say(
      "The slides print mean and standard deviation of an input, of a layer's weights, of what "
        + "comes out and of its rectified part. The same seed draws the same numbers here. The "
        + "first two tables come from the first input and weights after the seed, the third from "
        + "the third pair, since the slide's code was run again without seeding."
    )
    try compareWithSlides(&findings)
    try longRun(&findings)
    try growth(&findings)
    return findings
  }

  // MARK: The slides' numbers

  private static let printed: [(method: Method, pair: Int, numbers: [String])] = [
    (.raw, 0, ["0.04", "1.03", "-0.00", "0.99", "-0.17", "10.68", "3.96", "6.20"]),
    (.xavier, 0, ["0.04", "1.03", "-0.00", "0.10", "-0.02", "1.07", "0.40", "0.62"]),
    (.kaiming, 2, ["-0.08", "1.10", "-0.00", "0.14", "-0.04", "1.60", "0.65", "0.99"]),
  ]

  private func compareWithSlides(_ findings: inout Findings) throws {
    let names = ["x", "W", "z", "relu(z)"].flatMap { ["\($0), mean", "\($0), std"] }
    for entry in Self.printed {
      var generator = Generator(seed: context.seed)
      for _ in 0..<entry.pair { _ = try Pass(entry.method, units: units, from: &generator) }
      let pass = try Pass(entry.method, units: units, from: &generator)
      let measured = [pass.x, pass.w, pass.z, pass.relu].flatMap { [$0.mean, $0.deviation] }
      let rows = zip(names, zip(entry.numbers, measured)).map { name, pair -> Comparison.Row in
        context.seed == 0
          ? .digits(name, pair.0, pair.1, 2)
          : .beside(name, pair.0, Numbers.fixed(pair.1, 2))
      }
      findings.compare("Weights \(entry.method.rawValue)", rows)
    }
  }

  // MARK: The long run

  private func longRun(_ findings: inout Findings) throws {
    let draws = context.quick ? 300 : 3000
    findings.say(
      "One draw says little. Over \(Numbers.grouped(draws)) draws the means are what theory says: "
        + "if z has standard deviation s, the rectified part has mean s/√(2π) and standard "
        + "deviation s √(1/2 - 1/(2π)); after Kaiming its mean square is 1."
    )
    for (index, method) in Method.allCases.enumerated() {
      context.progress(Double(index) / 3, "one-layer: \(method.rawValue)")
      var generator = Generator(seed: context.seed + 1)
      var sums = [0.0, 0, 0, 0]
      for _ in 0..<draws {
        let pass = try Pass(method, units: units, from: &generator)
        let relu = pass.relu
        let numbers = [pass.z.deviation, relu.mean, relu.deviation, relu.squared().mean]
        sums = zip(sums, numbers).map(+)
      }
      let s = method.factor(units) * Double(units).squareRoot()
      let theory = [
        s, s / (2 * .pi).squareRoot(), s * (0.5 - 0.5 / .pi).squareRoot(), s * s / 2,
      ]
      let names = ["z, std", "relu(z), mean", "relu(z), std", "relu(z)², mean"]
      findings.compare(
        "In the long run, \(method.rawValue)",
        with: .theory,
        names.indices.map {
          .near(names[$0], theory[$0], sums[$0] / Double(draws), within: 0.03)
        }
      )
    }
  }

  // MARK: The square root

  private func growth(_ findings: inout Findings) throws {
    let sizes = [10, 20, 50, 100, 200, 500, 1000]
    let series = try Method.allCases.map { method in
      var generator = Generator(seed: context.seed + 2)
      return LineChart.Series(
        method.rawValue,
        try sizes.map { size in
          let draws = max(1, 2000 / size)
          let total = try (0..<draws).reduce(0.0) { sum, _ in
            try sum + Pass(method, units: size, from: &generator).z.deviation
          }
          return (x: Double(size), y: total / Double(draws))
        }
      )
    }
    let chart = LineChart(
      title: "Standard deviation of z over the layer's size",
      summary: "With raw weights it grows as the square root of the number of units; with Xavier "
        + "it stays near 1 and with Kaiming near 1.41.",
      x: Axis("units n", .logarithmic),
      y: Axis("std of z", .logarithmic),
      series: series
    )
    findings.figure(
      "growth",
      "The square root law: a straight line of slope one half on two logarithmic axes.",
      [chart.picture()]
    )
  }
}
