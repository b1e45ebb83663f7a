import Foundation
import GraderCore
import TestSupport
import Testing

@testable import ClassCore

/// The report's figures, by hand.
@Suite struct FigureTests {
  private static func report(_ scores: [[Int]]) -> ClassReport {
    var report = ClassReport(title: "A", date: "")
    for row in scores {
      let rows = row.enumerated().map { index, score in
        Grade.TestResult(
          row: "t\(index)",
          status: score == 400 ? .passed : score == 0 ? .failed : .partial,
          score: score
        )
      }
      let attempt = Attempt(students: ["x"], originalName: "x", path: "x")
      report.add(
        ClassResult(
          students: [Student(id: "x", name: "")],
          attempt: attempt,
          grade: Grade(rows: rows)
        )
      )
    }
    return report
  }

  @Test func difficulty() {
    let items = Self.report([[0, 400, 400, 0], [200, 200, 400, 0], [400, 100, 400, 0]]).items
    #expect(items.map(\.difficulty) == [0.5, 700.0 / 1200, 1, 0])
  }

  /// A test is called reversed only where chance alone would hardly make it so.
  @Test func warnings() {
    func warnings(_ scores: [[Int]]) -> [String?] {
      let report = Self.report(scores)
      return report.items.map { $0.warning(report.analysis[$0.id]) }
    }
    let falling = [[400, 0], [300, 100], [100, 200], [200, 300], [0, 400]].map { $0 + [400, 0] }
    // r = -0.9, and from -0.99 to -0.09.
    #expect(
      warnings(falling) == [
        "the weaker do better", "the weaker do better", "nobody loses points",
        "nobody gets points",
      ]
    )
    // r = -0.89, and with four submissions from -1 to 0.51.
    #expect(warnings([[400, 0], [200, 100], [300, 200], [0, 400]]) == [nil, nil])
  }

  /// A test that waited for another in vain says nothing about the class, nor the class about it.
  @Test func notJudgedIsInNoFigure() {
    var report = ClassReport(title: "A", date: "")
    for (status, score) in [(Verdict.Kind.passed, 400), (.failed, 0), (.notJudged, 0)] {
      let rows = [
        Grade.TestResult(row: "t0", status: .passed, score: 400),
        Grade.TestResult(row: "t1", status: status, score: score),
      ]
      report.add(ClassResult(students: [], attempt: nil, grade: Grade(rows: rows)))
    }
    let item = report.items[1]
    #expect(item.count == 2)
    #expect(item.difficulty == 0.5)
    #expect(item.counts == [.passed: 1, .failed: 1, .notJudged: 1])
    #expect(report.diagnoses.kinds == [.failed: 1])
    #expect(!PageVerdict.byLetter.values.contains { $0.word == "not judged" && $0.isLost })
  }

  @Test func summary() throws {
    let summary = try #require(Summary([4, 1, 3, 2]))
    #expect(summary.mean == 2.5 && summary.median == 2.5 && summary.quantile(1) == 4)
    #expect(abs(summary.deviation - (5.0 / 3).squareRoot()) < 1e-12)
    #expect(Summary([]) == nil)
  }

  @Test func histogramEdges() {
    let histogram = Histogram([0, 0.3, 0.6, 1, 1, 7, -1], largest: 1, classes: 10)
    #expect(histogram.counts == [2, 0, 0, 1, 0, 0, 1, 0, 0, 3])
  }
}
