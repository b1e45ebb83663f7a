import Foundation
import LectureCharts
import XCTest

@testable import LectureExperiments

/// A run of the slides' script with other settings, beside the same in PyTorch.
///
/// `Goldens/make_transcript_golden.py` made the golden, and has the settings.
final class OwnRunTests: XCTestCase {
  func testOtherSettingsAgreeWithPyTorch() throws {
    let run = TranscriptRun(scale: 0.05, batch: 32, rate: 0.01, epochs: 2, hidden: 60)
    let context = Context(seed: 3, digits: try DigitPair(folder: nil), ownRun: run)
    let experiment = try XCTUnwrap(Catalog.experiment("transcripts"))
    let found = numbers(in: try experiment.findings(context))
    let golden = try golden()

    XCTAssertEqual(found.count, golden.count)
    for (index, (ours, theirs)) in zip(found, golden).enumerated() {
      XCTAssertEqual(ours, theirs.number, accuracy: theirs.tolerance, "number \(index)")
    }
  }

  /// The numbers of the golden in order: losses of batches, then loss and count of either set.
  ///
  /// Losses of batches have six digits after the point, those of sets four; both may differ in the
  /// last bits of single precision, and counts by images that stand on the border.
  private func golden() throws -> [(number: Double, tolerance: Double)] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Goldens/transcript.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    return try lines.filter { !$0.hasPrefix("#") }
      .flatMap { line -> [(number: Double, tolerance: Double)] in
        let words = line.split(separator: " ")
        if words.contains("batch") { return [(try XCTUnwrap(Double(words[4])), 5e-6)] }
        return [(try XCTUnwrap(Double(words[3])), 1.1e-4), (try XCTUnwrap(Double(words[4])), 1)]
      }
  }

  private func numbers(in findings: Findings) -> [Double] {
    findings.blocks.flatMap { block -> [Double] in
      switch block {
      case .transcript(_, let lines):
        lines.compactMap { $0.ours.split(separator: " ").last.flatMap { Double($0) } }
      case .comparison(let comparison):
        comparison.rows.compactMap { Double($0.measured.filter { $0 != "," }) }
      default: []
      }
    }
  }
}
