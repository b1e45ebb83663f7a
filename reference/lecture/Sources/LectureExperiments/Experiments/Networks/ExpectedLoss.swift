internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let expectedLoss = Experiment(
    "expected-loss",
    title: "The loss before learning",
    slides: "S4, S15",
    chapter: .networks,
    claim: "A network that knows nothing gives each of K classes 1/K, and its loss is -log(1/K): "
      + "a start far above that is a bad initialization."
  ) { context in
    var findings = Findings()
    let loss = SoftmaxCrossEntropy<Double>()
    findings.compare(
      "Loss of equal logits",
      try [(10, "2.3026"), (100, "4.6052"), (1000, "6.9078")].map { classes, slide in
        let logits = Tensor<Double>(repeating: 0.7, shape: [3, classes])
        return .digits("K = \(classes)", slide, try loss(logits, labels: [0, 1, 2]).loss, 4)
      }
    )
    try softmaxFacts(&findings, seed: context.seed)
    findings.figure(
      "spread",
      "Logits that are spread at random cost more than equal ones.",
      [
        try spreadChart(seed: context.seed)
      ]
    )
    findings.note(
      "S4 writes the cross entropy as a sum over the samples, S10 computes their mean. The engine "
        + "has both; the mean is what the transcripts print."
    )
    return findings
  }
}

/// The properties that make softmax and its loss fit for any logits.
private func softmaxFacts(_ findings: inout Findings, seed: UInt64) throws {
  var generator = Generator(seed: seed)
  let logits: Tensor<Double> = generator.normal(shape: [5, 7])
  let labels = [0, 6, 3, 3, 1]
  let softmax = Softmax<Double>()
  let probabilities = try softmax(logits)
  let mean = SoftmaxCrossEntropy<Double>(.mean)
  let (value, gradient) = try mean(logits, labels: labels)
  let summed = try SoftmaxCrossEntropy<Double>(.sum)(logits, labels: labels)

  var onehot = Tensor<Double>.zeros(5, 7)
  for (row, label) in labels.enumerated() { onehot[row, label] = 1 }
  let far = try softmax(Tensor([[1e4, 0, -1e4]]))
  let sums = probabilities.sum(axis: 1)
  let shifted = try softmax(logits + 100)
  let direct = (probabilities - onehot) / 5
  findings.compare(
    "Softmax and its loss, on random logits of 5 samples and 7 classes",
    with: .theory,
    [
      .vanishing("sum of a row, minus 1", sums.distance(to: .ones(5)), below: 1e-15),
      .vanishing("change when 100 is added", shifted.distance(to: probabilities), below: 1e-13),
      .vanishing(
        "gradient minus (softmax - onehot)/n",
        gradient.distance(to: direct),
        below: 1e-15
      ),
      .vanishing("sum form minus n times the mean", summed.loss - 5 * value, below: 1e-13),
      .exact("softmax of 10⁴, 0, -10⁴", "[[1.0, 0.0, 0.0]]", far.description),
    ]
  )
}

/// The loss of random logits over their standard deviation.
private func spreadChart(seed: UInt64) throws -> Picture {
  let loss = SoftmaxCrossEntropy<Double>()
  let series = try [10, 100, 1000].map { classes in
    var generator = Generator(seed: seed + 1)
    let logits: Tensor<Double> = generator.normal(shape: [400, classes])
    let labels = (0..<400).map { $0 % classes }
    return LineChart.Series(
      "K = \(classes)",
      try [0.001, 0.01, 0.1, 0.3, 1, 3, 10, 30, 100].map { spread in
        (x: spread, y: try loss(logits * spread, labels: labels).loss)
      }
    )
  }
  return LineChart(
    title: "Loss of random logits",
    summary: "Below a standard deviation of 0.1 the loss is log K; from about 1 on it grows in "
      + "proportion to the spread.",
    x: Axis("standard deviation of the logits", .logarithmic),
    y: Axis("loss", .logarithmic),
    series: series
  ).picture()
}
