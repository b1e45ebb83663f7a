import CourseKit
import LectureEngine
import XCTest

/// The slides' script on CourseKit's digits, against PyTorch (`make_transcript_goldens.py`).
final class SubsetTranscriptTests: XCTestCase {
  // Two right implementations differ by their rounding, which 79 steps amplify. Relative bounds;
  // at scale 1 logits are in the hundreds.
  func testTheSlidesScales() throws {
    try compare("scale-0.0001", Transcript.Settings(scale: 0.0001), tolerance: 1e-6, slack: 0)
    try compare("scale-0.1", Transcript.Settings(scale: 0.1), tolerance: 1e-5, slack: 1)
    try compare("scale-1", Transcript.Settings(scale: 1), tolerance: 0.05, slack: 100)
  }

  func testOtherSettings() throws {
    var settings = Transcript.Settings(scale: 0.05)
    settings.seed = 7
    settings.batchSize = 32
    settings.learningRate = 0.02
    settings.hidden = 100
    settings.epochs = 2
    try compare("other", settings, tolerance: 1e-5, slack: 1)
  }

  func testEveryBatchIsWatchedAndWatchingCanEndTheRun() throws {
    let training = try ImageSet.mnist(.training).prefix(130)
    let test = try ImageSet.mnist(.test).prefix(10)
    var settings = Transcript.Settings(scale: 0.1)
    settings.hidden = 4
    var seen: [Int] = []
    let run = try Transcript(settings, training: training, test: test) { seen.append($0.batch) }
    XCTAssertEqual(seen, [0, 1, 2], "the last batch is a short one")
    XCTAssertEqual(run.epochs[0].lines.map(\.batch), [0])
    struct Enough: Error {}
    XCTAssertThrowsError(
      try Transcript(settings, training: training, test: test) { _ in throw Enough() }
    )
    XCTAssertThrowsError(try Transcript(settings, training: training.prefix(0), test: test))
  }

  private func compare(
    _ name: String,
    _ slideSettings: Transcript.Settings,
    tolerance: Double,
    slack: Int
  ) throws {
    var settings = slideSettings
    settings.logInterval = 20
    let run = try Transcript(
      settings,
      training: ImageSet.mnist(.training),
      test: ImageSet.mnist(.test)
    )
    let golden = try golden("transcripts.safetensors")
    let losses: Tensor<Double> = try golden.tensor("\(name)/losses")
    let scores: Tensor<Double> = try golden.tensor("\(name)/scores")
    XCTAssertEqual(run.epochs.count, losses.shape[0])
    for (e, epoch) in run.epochs.enumerated() {
      XCTAssertEqual(epoch.lines.count, losses.shape[1])
      for (i, line) in epoch.lines.enumerated() {
        XCTAssertEqual(Double(line.loss) / losses[e, i], 1, accuracy: tolerance, "\(name) \(line)")
      }
      for (score, first) in [(epoch.training, 0), (epoch.test, 2)] {
        XCTAssertEqual(score.loss / scores[e, first], 1, accuracy: tolerance, name)
        XCTAssertEqual(Double(score.correct), scores[e, first + 1], accuracy: Double(slack), name)
      }
    }
  }
}
