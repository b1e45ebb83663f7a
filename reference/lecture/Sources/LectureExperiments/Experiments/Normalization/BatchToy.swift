internal import CourseKit
internal import LectureCharts

extension Experiment {
  static let batchToy = Experiment(
    "batch-toy",
    title: "Normalizing every layer over the batch",
    slides: "S23, S24",
    chapter: .normalization,
    claim: "If every layer’s output is normalized over the batch, each layer sees mean 0 and "
      + "standard deviation 1, whatever the weights."
  ) { context in
    var findings = Findings()
    findings.say(
      "Three layers of 100 units with weights N(0, 1) on a batch of 32, each normalized as on the "
        + "slide: with Bessel’s variance, which divides by m - 1, and 10⁻⁷ added to it. The "
        + "printed standard deviation divides by m; so it is √(31/32) = 0.9844 and not 1."
    )
    var generator = Generator(seed: context.seed)
    var x: Tensor<Float> = generator.normal(shape: [32, 100])
    var raw = x
    var rows: [Comparison.Row] = []
    var spreads: [[(x: Double, y: Double)]] = [[], []]
    for layer in 1...3 {
      let w: Tensor<Float> = generator.normal(shape: [100, 100])
      raw = try raw.matmul(w)
      x = normalizedOverTheBatch(try x.matmul(w))
      let deviation = (x.squared().mean - x.mean * x.mean).squareRoot()
      rows.append(.digits("layer \(layer), mean", "0.00", abs(x.mean), 2))
      rows.append(.digits("layer \(layer), std", "0.98", deviation, 2))
      spreads[0].append((Double(layer), raw.deviation))
      spreads[1].append((Double(layer), deviation))
    }
    findings.compare("After each layer", rows)
    let chart = LineChart(
      title: "Standard deviation by layer",
      summary: "Without normalization it grows tenfold with each layer; with it, it stays 0.98.",
      x: Axis("layer", range: 0.8...3.2, ticks: (1...3).map { Tick(Double($0), "\($0)") }),
      y: Axis("std", .logarithmic),
      series: [
        LineChart.Series("as it is", spreads[0]),
        LineChart.Series("normalized", spreads[1]),
      ]
    )
    findings.figure(
      "spread",
      "The same weights, with and without normalization.",
      [chart.picture()]
    )
    findings.note(
      "S24 says that normalization forces the weights to unit mean and variance. It is the "
        + "activations that are normalized, and to mean zero."
    )
    return findings
  }
}

/// Each feature minus its mean over the batch, over the root of Bessel's variance plus 10⁻⁷.
///
/// Shapes: `x` `[n, d]`; the output is `[n, d]`.
func normalizedOverTheBatch(_ x: Tensor<Float>) -> Tensor<Float> {
  let centered = x - x.mean(axis: 0)
  let variance = centered.squared().sum(axis: 0) / Float(x.shape[0] - 1)
  return centered / (variance + 1e-7).squareRoot()
}
