internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let lenet = Experiment(
    "lenet",
    title: "LeNet-5: the exercise",
    slides: "S47, S48",
    chapter: .architectures,
    claim: "32 → 28 → 14 → 10 → 5: with 5 × 5 filters, no padding, stride 1, and 2 × 2 pooling of "
      + "stride 2; and 60,000 parameters, as published."
  ) { context in
    var findings = Findings()
    let filter = Window(kernel: 5)
    let pool = Window(kernel: 2, stride: 2)
    var sizes = [32]
    for window in [filter, pool, filter, pool] {
      let last = sizes[sizes.count - 1]
      sizes.append(window.outputExtent(of: Extent(last, last))?.height ?? 0)
    }
    findings.compare(
      "The exercise",
      [
        .exact(
          "sizes",
          "32 28 14 10 5",
          sizes.map(String.init).joined(separator: " ")
        ),
        .exact("filters that make 28 of 32, 14 into 10", "5", fitting()),
      ]
    )
    var generator = Generator(seed: context.seed)
    let published = try LeNet5<Float>(using: &generator)
    let counts = parts(of: published)
    findings.compare(
      "Parameters as published",
      with: .published,
      [
        .count("C1", 156, counts["c1"] ?? 0), .count("S2", 12, counts["s2"] ?? 0),
        .count("C3, with its connection table", 1516, counts["c3"] ?? 0),
        .count("S4", 32, counts["s4"] ?? 0), .count("C5", 48_120, counts["c5"] ?? 0),
        .count("F6", 10_164, counts["f6"] ?? 0),
        .count("trainable in all", 60_000, published.parameterCount),
      ]
    )
    findings.compare(
      "The scaled tanh, 1.7159 tanh(2x/3)",
      with: .published,
      [
        .within("at 1", 1, try Tanh<Double>.scaled(Tensor([1.0]))[0], 1e-4, decimals: 4),
        .within("at -1", -1, try Tanh<Double>.scaled(Tensor([-1.0]))[0], 1e-4, decimals: 4),
      ]
    )
    let modern = try ModernLeNet<Float>(using: &generator)
    findings.say(
      "What is usually drawn as LeNet-5 today (plain average pooling, every map of C3 connected "
        + "to all of S2, a linear output) has "
        + "\(Numbers.grouped(modern.parameterCount)) parameters; the engine has it beside the "
        + "published one, under its own name."
    )
    let bars = BarChart(
      title: "Parameters of LeNet-5 by layer",
      summary: "C5 has four fifths of them.",
      bars: ["c1", "s2", "c3", "s4", "c5", "f6"].map { name in
        let count = counts[name] ?? 0
        return BarChart.Bar(name.uppercased(), Double(count), label: Numbers.grouped(count))
      }
    )
    findings.figure("parameters", "Where the 60,000 parameters are.", [bars.picture()])
    findings.figure(
      "connections",
      "C3’s connection table: a row for each map of S2, a column for each map of C3.",
      [connections()]
    )
    return findings
  }
}

/// A picture of the maps of S2 that each map of C3 sees.
private func connections() -> Picture {
  let table = LeNet5<Float>.table
  return MatrixChart(
    title: "60 of 96 connections",
    summary: "Six maps see three neighbours, nine see four, the last one sees all six.",
    rows: (0..<6).map { map in table.map { $0.contains(map) ? 1 : 0 } }
  ).picture()
}

/// The filter sizes, without padding and with stride 1, that the exercise's sizes leave possible.
private func fitting() -> String {
  (1...32).filter { kernel in
    let window = Window(kernel: Extent(kernel, kernel))
    return window.outputExtent(of: 32) == 28 && window.outputExtent(of: 14) == 10
  }.map(String.init).joined(separator: ", ")
}

/// The number of parameters by the first part of their names.
func parts<Net: Layer>(of net: Net) -> [String: Int] {
  var counts: [String: Int] = [:]
  for parameter in net.parameters {
    let part = parameter.name.prefix { $0 != "." }.lowercased()
    counts[part, default: 0] += parameter.value.count
  }
  return counts
}
