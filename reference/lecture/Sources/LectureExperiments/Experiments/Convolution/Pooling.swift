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
    try smallShifts(&findings)
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

  /// Measures the share of pooled values that survive a shift of one pixel.
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

  /// Random images as small as the slide's: how often a shift leaves all of them as it was.
  ///
  /// A row of windows needs five columns whose maxima rise, fall, rise and fall again: of the 120
  /// orders of five numbers 16 do. Two rows of windows do so independently.
  private func smallShifts(_ findings: inout Findings) throws {
    let count = context.quick ? 20_000 : 200_000
    var generator = Generator(seed: context.seed + 1)
    let images: Tensor<Double> = generator.normal(shape: [count, 1, 4, 5])
    let (before, after) = (images.columns(0..<4), images.columns(1..<5))
    func share(_ pool: any Layer<Double>) throws -> (windows: Double, images: Double) {
      let (first, second) = (try pool(before).scalars, try pool(after).scalars)
      let same = zip(first, second).map { $0 == $1 }
      let kept = same.count(where: \.self)
      let whole = (0..<count).count { same[4 * $0..<4 * $0 + 4].allSatisfy(\.self) }
      return (Double(kept) / Double(same.count), Double(whole) / Double(count))
    }
    let (largest, mean) = (try share(maximum), try share(average))
    findings.compare(
      "\(Numbers.grouped(count)) random images of 4 × 4, shifted left, a random column entering",
      with: .theory,
      [
        .within("largest: values unchanged, %", 100 / 3, 100 * largest.windows, 1, decimals: 1),
        .within(
          "largest: all four values unchanged, %",
          100 * 4 / 225,
          100 * largest.images,
          0.4,
          decimals: 2
        ),
        .within("average: values unchanged, %", 0, 100 * mean.windows, 1e-3, decimals: 1),
      ]
    )
    findings.say(
      "So the slide’s image is one of the lucky ones: of random images of its size one in 56 comes "
        + "through max pooling as it was, and none through average pooling."
    )
  }

  /// The left 27 columns and the right 27, both cut to 26, so that nothing unknown enters.
  private func shifted(_ images: Tensor<Double>) -> (Tensor<Double>, Tensor<Double>) {
    let images = images.reshaped(images.shape[0], 1, 28, 28)
    return (images.columns(0..<26), images.columns(1..<27))
  }
}

extension Tensor {
  /// Some columns of all images of `[n, c, h, w]`.
  fileprivate func columns(_ range: Range<Int>) -> Tensor {
    let width = shape[3]
    let rows = stride(from: 0, to: count, by: width)
    return Tensor(
      shape: Array(shape.dropLast()) + [range.count],
      scalars: rows.flatMap { scalars[$0 + range.lowerBound..<$0 + range.upperBound] }
    )
  }
}
