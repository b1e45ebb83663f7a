internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let pooling = Experiment(
    "pooling",
    title: "Pooling, and how robust it is",
    slides: "S42, S43",
    chapter: .convolution,
    claim: "Pooling keeps the largest or the average value of each window; max pooling is robust "
      + "against small shifts.",
    cost: Cost(2, quick: 0.5)
  ) { try Pooling(context: $0).findings() }
}

/// The slides' pooling examples, and shifts of random images and of digits.
private struct Pooling {
  let context: Context
  private let maximum = MaxPool2d<Double>(kernel: 2)
  private let average = AvgPool2d<Double>(kernel: 2)

  init(context: Context) { self.context = context }

  func findings() throws -> Findings {
    var findings = Findings()
    let image = SlideImages.batch(SlideImages.pooled)
    findings.compare(
      "Windows of 2 × 2 that do not overlap",
      [
        .exact("S42, largest", "29 42 / 18 18", line(try maximum(image))),
        .exact("S42, average", "13.25 25.25 / 12 14", line(try average(image))),
      ]
    )
    try slideShift(&findings)
    try measuredShifts(&findings)
    return findings
  }

  private func line(_ output: Tensor<Double>) -> String {
    SlideImages.line(SlideImages.rows(output))
  }

  /// S43, as printed and with the pixel that the slide changed.
  private func slideShift(_ findings: inout Findings) throws {
    let entering: [Double] = [10, 3, 4, 5]
    func pooled(_ rows: [[Double]]) throws -> (String, String) {
      let moved = zip(rows, entering).map { Array($0.dropFirst()) + [$1] }
      return (
        line(try maximum(SlideImages.batch(rows))), line(try maximum(SlideImages.batch(moved)))
      )
    }
    var changed = SlideImages.pooled
    changed[1][2] = 24
    let printed = try pooled(changed)
    let original = try pooled(SlideImages.pooled)
    findings.compare(
      "S43: the image, and the same shifted left by one pixel",
      [
        .exact("as on the slide, before", "29 42 / 18 18", printed.0),
        .exact("as on the slide, after", "29 42 / 18 18", printed.1),
        .shown("with S42’s own pixel, before", original.0),
        .shown("with S42’s own pixel, after", original.1),
      ]
    )
    findings.note(
      "S43 shows S42’s image with one pixel changed from 35 to 24. With 35 the shift would move it "
        + "into the first window, whose maximum would become 35: robustness is a tendency and "
        + "not a law. So here is how often it holds."
    )
  }

  /// How many of the pooled values survive a shift of one pixel.
  private func measuredShifts(_ findings: inout Findings) throws {
    let count = context.quick ? 200 : 2000
    var generator = Generator(seed: context.seed)
    let noise: Tensor<Double> = generator.normal(shape: [count, 28, 28])
    let digits: Tensor<Double> = context.digits.test.images(at: Array(0..<min(count, 1000)))
    let sets = [
      ("random images", noise),
      ("digits", digits.reshaped(digits.shape[0], 28, 28)),
    ]
    var rows: [[String]] = []
    var bars: [BarChart.Bar] = []
    for (name, images) in sets {
      let (before, after) = shifted(images)
      for (look, pool) in [("largest", maximum as any Layer<Double>), ("average", average)]
        .enumerated()
      {
        let (first, second) = (try pool.1(before), try pool.1(after))
        let pairs = Array(zip(first.scalars, second.scalars))
        // Paper stays paper under any shift: only windows with ink before or after say something.
        let paper = first.scalars.min() ?? 0
        let told = name == "digits" ? pairs.filter { $0 > paper || $1 > paper } : pairs
        let same = Double(told.count { $0 == $1 }) / Double(max(told.count, 1))
        let change = told.reduce(0) { $0 + abs($1.0 - $1.1) } / Double(max(told.count, 1))
        let size = told.reduce(0) { $0 + abs($1.0) } / Double(max(told.count, 1))
        rows.append([
          "\(name), \(pool.0)", Numbers.percent(same, 1), Numbers.percent(change / size, 1),
        ])
        bars.append(
          BarChart.Bar("\(name), \(pool.0)", same, label: Numbers.percent(same, 1), look: look)
        )
      }
    }
    findings.table(
      "Pooled values after a shift of one pixel",
      columns: ["", "unchanged", "mean change, relative"],
      rows
    )
    let chart = BarChart(
      title: "Pooled values that a shift leaves unchanged",
      summary: "Maxima survive the shift far more often than averages.",
      bars: bars
    )
    findings.figure(
      "shift",
      "Shares over \(Numbers.grouped(count)) random images and \(digits.shape[0]) digits, of 28 × "
        + "28 pixels; of the digits, only windows with ink. A window’s maximum of independent "
        + "numbers stays if it lies in the half that both windows see and the newcomers are "
        + "smaller: one time in three.",
      [chart.picture()]
    )
  }

  /// The left 27 columns and the right 27, both cut to 26, so that nothing unknown enters.
  private func shifted(_ images: Tensor<Double>) -> (Tensor<Double>, Tensor<Double>) {
    let n = images.shape[0]
    func cut(from start: Int) -> Tensor<Double> {
      var scalars: [Double] = []
      for row in 0..<n * 28 {
        scalars += images.scalars[row * 28 + start..<row * 28 + start + 26]
      }
      return Tensor(shape: [n, 1, 28, 26], scalars: scalars)
    }
    return (cut(from: 0), cut(from: 1))
  }
}
