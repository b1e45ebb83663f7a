import LectureCharts
import XCTest

@testable import LectureExperiments

final class CatalogTests: XCTestCase {
  private static let digits = Result { try DigitPair(folder: nil) }

  func testTranscriptsComeFirstAndNamesAreUnique() {
    XCTAssertEqual(Catalog.all.first?.name, "transcripts")
    XCTAssertEqual(Set(Catalog.all.map(\.name)).count, Catalog.all.count)
  }

  func testChaptersStandTogether() {
    let chapters = Catalog.all.map(\.chapter)
    let order = Chapter.allCases
    XCTAssertEqual(
      chapters.map { order.firstIndex(of: $0) ?? -1 },
      chapters.map { order.firstIndex(of: $0) ?? -1 }.sorted()
    )
  }

  /// The short ones, whose numbers must agree on every machine; the tour runs the others.
  func testExperimentsAgreeAndRepeatThemselves() throws {
    let context = Context(quick: true, digits: try Self.digits.get())
    for experiment in Catalog.all where experiment.seconds(quick: true) <= 0.5 {
      let first = try experiment.findings(context)
      let second = try experiment.findings(context)
      let faults = first.comparisons.filter(\.agreement.isFault)
      XCTAssertEqual(faults.map { "\($0.what): \($0.measured)" }, [], experiment.name)
      XCTAssertEqual(page(experiment, first), page(experiment, second), experiment.name)
    }
  }

  func testAnotherSeedAgreesToo() throws {
    let context = Context(seed: 7, quick: true, digits: try Self.digits.get())
    for experiment in Catalog.all where experiment.seconds(quick: true) <= 0.5 {
      let faults = try experiment.findings(context).comparisons.filter(\.agreement.isFault)
      XCTAssertEqual(faults.map { "\($0.what): \($0.measured)" }, [], experiment.name)
    }
  }

  private func page(_ experiment: Experiment, _ findings: Findings) -> String {
    Page([Report(experiment: experiment, findings: findings)], setting: "").render()
  }
}
