internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let denseOrFilter = Experiment(
    "dense-or-filter",
    title: "Weights of a filter and of a dense layer",
    slides: "S36",
    chapter: .convolution,
    claim: "A convolution is a fully connected layer whose weights are shared and mostly zero: 4 "
      + "in place of 144 from 4 × 4 to 3 × 3."
  ) { _ in
    var findings = Findings()
    let layer = try Conv2d<Double>(weight: SlideImages.batch(SlideImages.filter), bias: nil)
    let matrix = try layer.matrix(forImagesOf: 4)
    let image = SlideImages.batch(SlideImages.image)
    let product = try matrix.matmul(image.reshaped(16, 1))
    let convolved = try layer(image)
    findings.compare(
      "From 16 pixels to 9 outputs",
      [
        .count("weights, fully connected", 144, matrix.count),
        .count("weights, filter", 4, layer.parameterCount),
        .count("of the 144, not zero (the filter’s 0 aside)", 27, matrix.scalars.count { $0 != 0 }),
        .holds("matrix times pixels equals the convolution", product.scalars == convolved.scalars),
      ]
    )
    let picture = MatrixChart(
      title: "The filter 0 1 / 2 3 as a matrix",
      summary: "Nine rows of sixteen; each row holds the same four weights, moved on by one pixel.",
      rows: matrix.rows
    )
    findings.figure(
      "matrix",
      "A row for each output, a column for each pixel.",
      [picture.picture()]
    )
    findings.figure(
      "growth",
      "The gap widens with the image, since the filter stays as it is.",
      [
        growth()
      ]
    )
    return findings
  }
}

/// Weights of a dense layer and of a 5 × 5 filter that map an image to one as large.
private func growth() -> Picture {
  let sizes = [8, 16, 28, 32, 64, 128, 224]
  return LineChart(
    title: "Weights over the image’s size",
    summary: "The dense layer’s weights grow with the fourth power of the side: to 2.5 billion at "
      + "224; the filter has 25 at any size.",
    x: Axis("side of the image", .logarithmic),
    y: Axis("weights", .logarithmic),
    series: [
      LineChart.Series("dense", sizes.map { (Double($0), Double($0 * $0 * $0 * $0)) }),
      LineChart.Series("5 × 5 filter", sizes.map { (Double($0), 25) }),
    ]
  ).picture()
}
