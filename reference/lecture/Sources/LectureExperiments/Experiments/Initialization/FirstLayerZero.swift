internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let firstLayerZero = Experiment(
    "first-layer-zero",
    title: "Only the first layer zero",
    slides: "S13",
    chapter: .initialization,
    claim: "With only W1 zero the network learns: W2 is random, so hidden units get different "
      + "gradients from the first step on.",
    cost: Cost(7, quick: 2)
  ) { context in
    var findings = Findings()
    var generator = Generator(seed: context.seed)
    var net = TwoLayerNet<Float>(
      inputs: 784,
      hidden: 500,
      classes: 10,
      .gaussian(scale: 0.1),
      using: &generator
    )
    net.w1 = .zeros(784, 500)
    let digits = context.digits.training
    let batches = Batches(of: digits.count, size: 64, shuffledBy: &generator)
    for (index, indices) in batches.enumerated() {
      context.progress(Double(index) / Double(batches.count), "first-layer-zero")
      _ = try net.step(
        digits.rows(at: indices),
        labels: digits.labels(at: indices),
        learningRate: 0.005
      )
    }
    let score = try Transcript.Score(of: net, on: context.digits.test)
    print("accuracy", Double(score.correct) / Double(score.count))
    return findings
  }
}
