internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let xavierKaiming = Experiment(
    "xavier-kaiming",
    title: "Training from Xavier and from Kaiming",
    slides: "S18, S19",
    chapter: .initialization,
    claim: "Both methods start near log K and learn digits well within an epoch.",
    cost: Cost(30, quick: 4)
  ) { context in
    var findings = Findings()
    for (name, initializer) in [("Xavier", Initializer.xavier), ("Kaiming", .kaiming)] {
    var generator = Generator(seed: context.seed)
    var net = TwoLayerNet<Float>(
      inputs: 784,
      hidden: 500,
      classes: 10,
      initializer,
      using: &generator
    )
    let start = try Transcript.Score(of: net, on: context.digits.training)
    let digits = context.digits.training
    let batches = Batches(of: digits.count, size: 8, shuffledBy: &generator)
    var first: Float?
    for (index, indices) in batches.enumerated() {
      context.progress(Double(index) / Double(batches.count), "xavier")
      let l = try net.step(
        digits.rows(at: indices),
        labels: digits.labels(at: indices),
        learningRate: 0.005
      )
      if first == nil { first = l }
    }
    let score = try Transcript.Score(of: net, on: context.digits.test)
    print(name, start.loss, first ?? 0, "accuracy", Double(score.correct) / Double(score.count))
    }
    return findings
  }
}
