import Foundation
import GradeFormats
import GraderCore
import JudgeEvents
import TestSupport

@testable import GraderRuntime

extension FuzzTarget {
  /// The events of a judge, whose numbers and words come from a worker, folded into a grade.
  static let events = FuzzTarget(name: "events") { bytes in
    guard let events = try? PrivateFile(bytes).events() else { return }
    for worker in [TestRecord.End.dismissed, .exited(3), .signaled(5), .stoppedAtDeadline] {
      let record = TestRecord(
        events: events,
        worker: worker,
        judge: .dismissed,
        usage: TestRecord.Usage(cpuSeconds: 1, wallSeconds: 1, peakMemoryBytes: 1),
        trap: Trap(kind: nil, file: "A.swift", line: 3),
        output: "",
        limits: GradingLimits()
      )
      guard let judgement = try? record.judgement(of: "T/t", replaced: []) else { continue }
      let isSpoiled = events.contains {
        switch $0 {
        case .workerEnded, .badReply: true
        default: false
        }
      }
      promise(!isSpoiled || judgement.verdict != .passed, "a spoiled test is not passed")
      guard let test else { continue }
      show(Grade(rows: [Grade.TestResult(.judged(JudgedTest(test, judgement)), build: build)]))
    }
  }

  private static let test = try? JSONDecoder().decode(
    Assignment.Test.self,
    from: Data(
      #"{"id":"t","method":"T/t","title":"T","part":"P","points":4,"visibility":"visible"}"#.utf8
    )
  )

  private static let build = Grade.BuildRecord(status: .built, parts: [], diagnostics: "")

  private static func show(_ grade: Grade) {
    let capped = grade.capped
    let json = try? JSONEncoder().encode(capped)
    promise((json?.count ?? .max) <= Grade.mostBytes, "a grade has an end, and can be written")
    let view = StudentView(capped, deadline: .passed)
    promise(view.grade.tests.allSatisfy { $0.staffMessage == nil }, "staff's words stay staff's")
    _ = GradeTable.text(for: view.grade)
    _ = MarkdownFeedback.text(view)
  }
}
