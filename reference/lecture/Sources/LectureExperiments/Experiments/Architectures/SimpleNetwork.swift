internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let simpleNetwork = Experiment(
    "simple-cnn",
    title: "A simple convolutional network",
    slides: "S44",
    chapter: .convolution,
    claim: "Two convolutions with pooling and three linear layers see an image of 32 × 32 with "
      + "62,006 parameters."
  ) { context in
    var findings = Findings()
    var generator = Generator(seed: context.seed)
    let net = try SimpleCNN<Float>(using: &generator)
    var x: Tensor<Float> = generator.normal(shape: [1, 3, 32, 32])
    var shapes = [["input", "\(x.shape.dropFirst())", "0"]]
    for element in net.layers.elements {
      x = try element.layer(x)
      let count = element.layer.parameterCount
      shapes.append([element.name, "\(Array(x.shape.dropFirst()))", Numbers.grouped(count)])
    }
    shapes[0][1] = "[3, 32, 32]"
    findings.compare("Parameters", [.count("in all", 62_006, net.parameterCount)])
    findings.table(
      "From the image to the classes",
      columns: ["layer", "shape", "parameters"],
      shapes
    )
    let counts = parts(of: net)
    let bars = BarChart(
      title: "Parameters by layer",
      summary: "The first linear layer has four fifths, both convolutions together a twentieth.",
      bars: ["conv1", "conv2", "fc1", "fc2", "fc3"].map { name in
        BarChart.Bar(name, Double(counts[name] ?? 0), label: Numbers.grouped(counts[name] ?? 0))
      }
    )
    findings.figure("parameters", "Filters are shared, dense weights are not.", [bars.picture()])
    return findings
  }
}
