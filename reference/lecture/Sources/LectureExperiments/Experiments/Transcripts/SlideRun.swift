internal import LectureCharts
internal import LectureEngine

/// The slides' transcript of one training run.
struct SlideRun: Sendable {
  let name: String
  let scale: Double
  /// The losses of batches 0, 200, 400, 600 and 800, as printed.
  let losses: [String]
  /// The end as the slides have it, or PyTorch where they do not.
  let end: End

  /// Loss and number of right answers after the epoch.
  enum End: Sendable {
    /// As the slide prints them.
    case printed(trainLoss: String, trainRight: Int, testLoss: String, testRight: Int)
    /// As PyTorch gives them.
    case measured(trainLoss: Double, trainRight: Double, testLoss: Double, testRight: Double)
    /// "From 815 to 23".
    case about(trainLoss: Double, testLoss: Double)
  }

  static let all = [
    SlideRun(
      name: "1",
      scale: 1,
      losses: ["815.423401", "35.187", "27.583", "46.138", "38.797"],
      end: .about(trainLoss: 22.3, testLoss: 22.0)
    ),
    SlideRun(
      name: "0.1",
      scale: 0.1,
      losses: ["8.459664", "0.498634", "0.410814", "0.711170", "0.576229"],
      end: .measured(trainLoss: 0.3560, trainRight: 53759, testLoss: 0.3437, testRight: 8968)
    ),
    SlideRun(
      name: "0.0001",
      scale: 0.0001,
      losses: ["2.302597", "2.302358", "2.298049", "2.276546", "1.922438"],
      end: .printed(trainLoss: "1.5085", trainRight: 32759, testLoss: "1.4939", testRight: 5526)
    ),
  ]

  /// The numbers beside those that they should be, each with the tolerance that single precision
  /// needs: first what the slide prints, then what it does not.
  func rows(_ epoch: Transcript.Epoch) -> [(source: Source, rows: [Comparison.Row])] {
    let lines = zip(epoch.lines, losses).map { line, printed in row(line, printed) }
    if case .printed = end { return [(.slide, lines + ending(epoch))] }
    return [(.slide, lines), (.measured, ending(epoch))]
  }

  private func row(_ line: Transcript.Line, _ printed: String) -> Comparison.Row {
    let what = "loss of batch \(line.batch)"
    let (ours, theirs) = (Double(line.loss), Double(printed) ?? .nan)
    switch end {
    case .printed: return .digits(what, printed, ours, 6)
    case .measured: return .within(what, theirs, ours, 5e-6, decimals: 6)
    case .about:
      return line.batch == 0
        ? .within(what, theirs, ours, 5e-4, decimals: 3)
        : .near(what, theirs, ours, within: 0.05, digits: 5)
    }
  }

  private func ending(_ epoch: Transcript.Epoch) -> [Comparison.Row] {
    let (training, test) = (epoch.training, epoch.test)
    switch end {
    case .printed(let trainLoss, let trainRight, let testLoss, let testRight):
      return [
        .digits("training loss", trainLoss, training.loss, 4),
        .count("right of 60,000", trainRight, training.correct),
        .digits("test loss", testLoss, test.loss, 4),
        .count("right of 10,000", testRight, test.correct),
      ]
    case .measured(let trainLoss, let trainRight, let testLoss, let testRight):
      return [
        .within("training loss", trainLoss, training.loss, 1e-4, decimals: 4),
        .near("right of 60,000", trainRight, Double(training.correct), within: 2e-4, digits: 5),
        .within("test loss", testLoss, test.loss, 1e-4, decimals: 4),
        .near("right of 10,000", testRight, Double(test.correct), within: 5e-4, digits: 4),
      ]
    case .about(let trainLoss, let testLoss):
      return [
        .near(
          "training loss (the slide: “from 815 to 23”)",
          trainLoss,
          training.loss,
          within: 0.05
        ),
        .near("test loss", testLoss, test.loss, within: 0.05),
        .shown("right of 60,000", Numbers.grouped(training.correct)),
        .shown("right of 10,000", Numbers.grouped(test.correct)),
      ]
    }
  }

  /// The same numbers with nothing to hold them against.
  static func open(_ epoch: Transcript.Epoch) -> [Comparison.Row] {
    [("training", epoch.training), ("test", epoch.test)].flatMap { name, score in
      [
        Comparison.Row.shown("\(name) loss", Numbers.fixed(score.loss, 4)),
        .shown("right of \(Numbers.grouped(score.count))", Numbers.grouped(score.correct)),
      ]
    }
  }
}
