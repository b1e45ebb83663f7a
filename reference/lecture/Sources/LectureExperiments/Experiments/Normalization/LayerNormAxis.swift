internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let layerNorm = Experiment(
    "layer-norm",
    title: "Layer norm: the other axis",
    slides: "S31, S32",
    chapter: .normalization,
    claim: "Layer norm normalizes each sample over its features: it needs no batch, and does the "
      + "same in training and in use."
  ) { try LayerNormAxis(context: $0).findings() }
}

/// Layer norm by hand and by layer, and both norms on one matrix.
private struct LayerNormAxis {
  let context: Context

  /// `(x - mean) / √(variance + ε)` for each row, the variance without Bessel's correction.
  private func byHand(_ x: Tensor<Double>) -> Tensor<Double> {
    let n = x.shape[0]
    let centered = x - x.mean(axis: 1).reshaped(n, 1)
    let variance = centered.squared().mean(axis: 1).reshaped(n, 1)
    return centered / (variance + 1e-5).squareRoot()
  }

  func findings() throws -> Findings {
    var findings = Findings()
    var generator = Generator(seed: context.seed)
    let x: Tensor<Double> = generator.normal(shape: [20, 10]) * 3 + 1
    let norm = LayerNorm<Double>(features: 10)
    let output = try norm.forward(x, mode: .training).output
    let alone = try norm.forward(
      Tensor(shape: [1, 10], scalars: x.row(0).scalars),
      mode: .training
    )
    findings.compare(
      "Twenty samples with ten features",
      with: .theory,
      [
        .vanishing(
          "layer minus the slide’s form by hand",
          output.distance(to: byHand(x)),
          below: 1e-12
        ),
        .holds("training and use the same", output == (try norm(x))),
        .vanishing(
          "one sample alone minus the same in the batch",
          alone.output.row(0).distance(to: output.row(0)),
          below: 1e-15
        ),
        .vanishing("largest mean of a sample", output.mean(axis: 1).norm, below: 1e-14),
      ]
    )
    findings.figure(
      "axes",
      "One matrix, a row for each sample, normalized along either axis. Batch norm brings every "
        + "column to mean 0, layer norm every row. The frames show one such column and row.",
      try pictures()
    )
    findings.note(
      "S31 writes `a` where it means `u`, the values before the activation: what is normalized is "
        + "`u = Wz + b`."
    )
    return findings
  }

  private func pictures() throws -> [Picture] {
    let x = Tensor<Double>([[1, 5, 9], [2, 4, 6], [3, 9, 0], [6, 2, 1]])
    let batch = try BatchNorm<Double>(channels: 3).forward(x, mode: .training).output
    let layer = try LayerNorm<Double>(features: 3)(x)
    let column = (0..<4).map { (row: $0, column: 1) }
    let row = (0..<3).map { (row: 1, column: $0) }
    return [
      picture("The matrix", "Four samples with three features.", x, []),
      picture("Batch norm: over a column", "Every column has mean 0.", batch, column),
      picture("Layer norm: over a row", "Every row has mean 0.", layer, row),
    ]
  }

  private func picture(
    _ title: String,
    _ summary: String,
    _ x: Tensor<Double>,
    _ lit: [(row: Int, column: Int)]
  ) -> Picture {
    MatrixChart(title: title, summary: summary, rows: x.rows, lit: lit).picture()
  }
}
