internal import CourseKit
internal import LectureCharts
internal import LectureEngine

/// The images and filters that the slides compute with.
enum SlideImages {
  /// S34.
  static let image: [[Double]] = [[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]
  static let filter: [[Double]] = [[0, 1], [2, 3]]
  /// S42.
  static let pooled: [[Double]] = [
    [3, 5, 8, 16], [16, 29, 35, 42], [14, 18, 14, 10], [6, 10, 14, 18],
  ]

  /// A matrix as a batch of one image with one channel.
  static func batch(_ rows: [[Double]]) -> Tensor<Double> {
    Tensor(shape: [1, 1, rows.count, rows[0].count], scalars: Array(rows.joined()))
  }

  /// The only channel of the only image.
  static func rows(_ images: Tensor<Double>) -> [[Double]] {
    images.reshaped(images.shape[2], images.shape[3]).rows
  }

  /// Convolves a matrix with a filter.
  static func convolve(
    _ rows: [[Double]],
    _ filter: [[Double]],
    stride: Int = 1,
    padding: Int = 0
  ) throws -> [[Double]] {
    let layer = try Conv2d<Double>(
      weight: batch(filter),
      bias: nil,
      stride: Extent(stride, stride),
      padding: Extent(padding, padding)
    )
    return self.rows(try layer(batch(rows)))
  }

  /// A matrix in one line: "29 35 42 / 18 14 10".
  static func line(_ rows: [[Double]]) -> String {
    rows.map { $0.map { Numbers.short($0) }.joined(separator: " ") }.joined(separator: " / ")
  }

  static func picture(
    _ title: String,
    _ rows: [[Double]],
    lit: [(row: Int, column: Int)] = []
  ) -> Picture {
    MatrixChart(title: title, summary: line(rows) + ".", rows: rows, lit: lit).picture()
  }
}

extension Experiment {
  static let convolution = Experiment(
    "convolution",
    title: "Convolution by hand",
    slides: "S34, S36, S40, S41",
    chapter: .convolution,
    claim: "A filter slides over the image; each output is the sum of what is below it times the "
      + "filter. It is not flipped: mathematics calls this cross-correlation."
  ) { context in
    var findings = Findings()
    let output = try SlideImages.convolve(SlideImages.image, SlideImages.filter)
    let corner = [(0, 0), (0, 1), (1, 0), (1, 1)].map { (row: $0.0, column: $0.1) }
    findings.figure(
      "slide",
      "The slide’s example. The first output, 29, is 0·1 + 1·1 + 2·5 + 3·6.",
      [
        SlideImages.picture("Image", SlideImages.image, lit: corner),
        SlideImages.picture("Filter", SlideImages.filter),
        SlideImages.picture("Output", output, lit: [(0, 0)]),
      ]
    )
    let diagonal = (0..<4).map { i in (0..<4).map { $0 == i ? 1.0 : 0 } }
    let swap: [[Double]] = [[0, 1], [1, 0]]
    findings.compare(
      "The slides’ outputs",
      [
        .exact("S34", "29 35 42 / 18 14 10 / 10 14 18", SlideImages.line(output)),
        .exact(
          "S36, identity",
          "0 1 0 / 1 0 1 / 0 1 0",
          SlideImages.line(try SlideImages.convolve(diagonal, swap))
        ),
        .exact(
          "S36, anti-diagonal",
          "0 0 2 / 0 2 0 / 2 0 0",
          SlideImages.line(try SlideImages.convolve(diagonal.map { $0.reversed() }, swap))
        ),
      ]
    )
    try channels(&findings, seed: context.seed)
    return findings
  }
}

/// Several channels: one filter for each output channel, over all input channels.
private func channels(_ findings: inout Findings, seed: UInt64) throws {
  var generator = Generator(seed: seed)
  let weight: Tensor<Double> = generator.normal(shape: [2, 3, 2, 2])
  let images: Tensor<Double> = generator.normal(shape: [1, 3, 4, 5])
  let whole = try Conv2d<Double>(weight: weight, bias: nil)(images)
  // The same, one pair of channels after the other.
  var parts = Tensor<Double>.zeros(shape: whole.shape)
  for out in 0..<2 {
    for channel in 0..<3 {
      let filter = Tensor(shape: [1, 1, 2, 2], scalars: weight.row(out).row(channel).scalars)
      let plane = Tensor(shape: [1, 1, 4, 5], scalars: images.row(0).row(channel).scalars)
      let part = try Conv2d<Double>(weight: filter, bias: nil)(plane)
      for i in 0..<3 {
        for j in 0..<4 { parts[0, out, i, j] += part[0, 0, i, j] }
      }
    }
  }
  findings.compare(
    "Three input channels and two output channels",
    with: .theory,
    [
      .exact("shape of the output", "[1, 2, 3, 4]", "\(whole.shape)"),
      .vanishing("minus the sum over pairs of channels", whole.distance(to: parts), below: 1e-13),
    ]
  )
}
