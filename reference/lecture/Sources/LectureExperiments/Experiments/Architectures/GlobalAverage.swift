internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let globalAverage = Experiment(
    "global-average",
    title: "Global average pooling",
    slides: "S50",
    chapter: .architectures,
    claim: "The average over all positions turns C × H × W into C numbers; its gradient is 1/(HW) "
      + "everywhere."
  ) { context in
    var findings = Findings()
    var generator = Generator(seed: context.seed)
    let images: Tensor<Double> = generator.normal(shape: [2, 3, 4, 5])
    let layer = GlobalAveragePool<Double>()
    let (output, cache) = try layer.forward(images, mode: .training)
    let gradient = try layer.backward(.ones(shape: output.shape), cache: cache).dInput
    let direct = images.reshaped(2, 3, 20).mean(axis: 2)
    findings.compare(
      "Two images of 3 × 4 × 5",
      with: .theory,
      [
        .exact("shape of the output", "[2, 3]", "\(output.shape)"),
        .vanishing(
          "minus the mean over positions",
          output.reshaped(2, 3).distance(to: direct),
          below: 1e-14
        ),
        .vanishing("gradient minus 1/20", (gradient - 0.05).norm, below: 1e-15),
        .count("parameters", 0, layer.parameterCount),
      ]
    )
    findings.say(
      "Where a network ends in 512 maps of 7 × 7, a dense layer to 1,000 classes would need "
        + "\(Numbers.grouped(512 * 49 * 1000)) weights; behind the average it needs "
        + "\(Numbers.grouped(512 * 1000))."
    )
    return findings
  }
}
