internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let parameterCounts = Experiment(
    "parameter-counts",
    title: "Parameters of ResNets and Mixers",
    slides: "S26, S52 to S54",
    chapter: .architectures,
    claim: "ResNets of 18 to 152 layers have 12 to 60 million parameters; shortcuts without "
      + "parameters cost nothing beside the plain network.",
    cost: Cost(8, quick: 8)
  ) { try ParameterCounts(context: $0).findings() }
}

/// The published counts beside the engine's.
private struct ParameterCounts {
  let context: Context

  private static let plans: [(name: String, plan: ResNetPlan, count: Int)] = [
    ("ResNet-18", .resNet18, 11_689_512), ("ResNet-34", .resNet34, 21_797_672),
    ("ResNet-50", .resNet50, 25_557_032), ("ResNet-101", .resNet101, 44_549_160),
    ("ResNet-152", .resNet152, 60_192_808),
  ]

  func findings() throws -> Findings {
    var findings = Findings()
    var bars: [BarChart.Bar] = []
    var rows: [Comparison.Row] = []
    for (index, entry) in Self.plans.enumerated() {
      context.progress(Double(index) / 10, "parameter-counts: \(entry.name)")
      let count = try resNet(entry.plan, .projection)
      rows.append(.count(entry.name, entry.count, count))
      bars.append(bar(entry.name, count, 0))
    }
    findings.compare("With projections where the shape changes", with: .published, rows)

    rows = []
    for (name, plan, count) in [
      ("18", ResNetPlan.resNet18, 11_515_688), ("34", .resNet34, 21_623_848),
    ] {
      context.progress(name == "18" ? 0.6 : 0.7, "parameter-counts: plain \(name)")
      rows.append(
        .count("ResNet-\(name), zero-padded shortcuts", count, try resNet(plan, .padding))
      )
      rows.append(.count("plain \(name)", count, try resNet(plan, .none)))
    }
    findings.compare("With shortcuts that have no parameters (S52)", with: .theory, rows)

    rows = []
    for (name, size, count) in [
      ("Mixer-S/16", MixerSize.s16, 18_528_264), ("Mixer-B/16", .b16, 59_880_472),
    ] {
      context.progress(name.contains("S") ? 0.8 : 0.9, "parameter-counts: \(name)")
      var generator = Generator(seed: context.seed)
      let measured = try Mixer<Float>(size, .zero, using: &generator).parameterCount
      rows.append(.count(name, count, measured))
      bars.append(bar(name, measured, 1))
    }
    findings.compare("Mixers for 224 × 224 pixels and 1,000 classes", with: .published, rows)
    try small(&findings)
    let chart = BarChart(
      title: "Parameters",
      summary: "From 11.7 million for ResNet-18 to 60.2 million for ResNet-152; the Mixers have "
        + "18.5 and 59.9 million.",
      bars: bars,
      legend: ["ResNet", "MLP-Mixer"]
    )
    findings.figure("bars", "The networks by size, in millions.", [chart.picture()])
    findings.note(
      "S52’s list leaves out ResNet-50. Its table (27.94, 27.88, 28.54, 25.03 % error) compares "
        + "networks whose shortcuts have no parameters; that is why ResNet-18 and plain 18 are "
        + "equally large there, 173,824 parameters smaller than the usual ResNet-18."
    )
    return findings
  }

  private func small(_ findings: inout Findings) throws {
    var generator = Generator(seed: context.seed)
    let slides = TwoLayerNet<Float>(
      inputs: 784,
      hidden: 500,
      classes: 10,
      .zero,
      using: &generator
    )
    let deep = BatchNormMLP<Float>(.zero, using: &generator)
    findings.compare(
      "The networks for digits",
      with: .theory,
      [
        .count("784-500-10 (S9)", 397_510, slides.parameterCount),
        .count("its first weights (S13)", 392_000, slides.w1.count),
        .count("784-500-500-500-500-10 with batch norm (S26)", 1_151_010, deep.parameterCount),
      ]
    )
  }

  private func resNet(_ plan: ResNetPlan, _ shortcut: ResNetPlan.Shortcut) throws -> Int {
    var generator = Generator(seed: context.seed)
    return try ResNet<Float>(plan, shortcut: shortcut, .zero, using: &generator).parameterCount
  }

  private func bar(_ name: String, _ count: Int, _ look: Int) -> BarChart.Bar {
    let label = Numbers.fixed(Double(count) / 1e6, 1) + " M"
    return BarChart.Bar(name, Double(count), label: label, look: look)
  }
}
