internal import CourseKit
internal import LectureCharts
internal import LectureEngine

extension Experiment {
  static let batchesOfEight = Experiment(
    "batches-of-eight",
    title: "The same runs with batches of 8",
    slides: "S9",
    chapter: .transcripts,
    claim: "With eight images a step, as S9 says, an epoch makes eight times the steps and gets "
      + "further from every start.",
    cost: Cost(75, quick: 3)
  ) { context in
    var findings = Findings()
    // Accuracies of test and training after each epoch, in percent, from another order of images.
    let runs: [(scale: Double, name: String, known: [Double])] = [
      (1, "1", [93.4]), (0.1, "0.1", [94.9, 95.7, 96.7, 97.1, 97.1]), (0.0001, "0.0001", [92.0]),
    ]
    var done = 0.0
    var curve: [[(x: Double, y: Double)]] = [[], []]
    for run in runs {
      let epochs = context.quick ? 1 : run.known.count
      var settings = Transcript.Settings(scale: run.scale)
      settings.seed = context.seed
      settings.batchSize = 8
      settings.epochs = epochs
      let steps = Double((context.digits.training.count + 7) / 8 * epochs)
      let share = Double(epochs) / (context.quick ? 3 : 7)
      var step = 0.0
      let transcript = try Transcript(
        settings,
        training: context.digits.training,
        test: context.digits.test
      ) { _ in
        step += 1
        context.progress(done + share * step / steps, "batches-of-eight: scale \(run.name)")
      }
      done += share
      let scores = transcript.epochs.map { 100 * Double($0.test.correct) / Double($0.test.count) }
      findings.compare(
        "Scale \(run.name), test accuracy in percent",
        with: .measured,
        zip(scores, run.known).enumerated().map { index, pair in
          context.digits.isFull
            ? .near("epoch \(index + 1)", pair.1, pair.0, within: 0.01)
            : .shown("epoch \(index + 1)", Numbers.fixed(pair.0, 1))
        }
      )
      if epochs > 1 {
        for (index, epoch) in transcript.epochs.enumerated() {
          let training = 100 * Double(epoch.training.correct) / Double(epoch.training.count)
          curve[0].append((Double(index + 1), training))
          curve[1].append((Double(index + 1), scores[index]))
        }
      }
    }
    if let last = curve[0].last {
      findings.figure("epochs", "Scale 0.1 with batches of 8.", [epochChart(curve, Int(last.x))])
    }
    return findings
  }
}

private func epochChart(_ curve: [[(x: Double, y: Double)]], _ epochs: Int) -> Picture {
  LineChart(
    title: "Accuracy by epoch",
    summary: "On the training images it rises from about 95 to 99 percent, on the test images to "
      + "about 97.",
    x: Axis("epoch", ticks: (1...epochs).map { Tick(Double($0), "\($0)") }),
    y: Axis("%"),
    series: [
      LineChart.Series("training images", curve[0]), LineChart.Series("test images", curve[1]),
    ]
  ).picture()
}
