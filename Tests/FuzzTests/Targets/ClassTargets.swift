import ClassCore
import Foundation
import GraderCore
import TestSupport

@testable import GraderRuntime

extension FuzzTarget {
  /// The policy of a class, and what follows from it for work that comes early, late, or at a time
  /// that nobody knows.
  static let policy = FuzzTarget(name: "policy") { bytes in
    guard let text = String(validating: bytes, as: UTF8.self),
      let policy = try? YAMLText.decode(ClassPolicy.self, from: text, path: "policy.yaml")
    else { return }
    _ = policy.doubts(about: [], items: [])
    for time in [nil, 0, 1_777_777_777, 4_000_000_000.0] {
      let attempt = Attempt(
        students: ["s1"],
        originalName: "s1.zip",
        path: "",
        submittedAt: time.map(Date.init(timeIntervalSince1970:)),
        isMarkedLate: true
      )
      let final = policy.finalGrade(of: grade, attempt: attempt)
      promise((final.total ?? .zero) >= .zero, "nobody has less than nothing")
      promise(final.latePenalty <= grade.score, "lateness takes no more than there is")
    }
  }

  private static let grade = Grade(tests: [
    Grade.TestResult(id: "one", score: 150, of: 400), Grade.TestResult(id: "two", score: 0, of: 7),
  ])

  /// A class's list, and the tables that are written with its words.
  static let roster = FuzzTarget(name: "roster") { bytes in
    guard let text = String(validating: bytes, as: UTF8.self) else { return }
    if let rows = try? CSV.rows(in: text) {
      let written = CSV.text(rows)
      let read = try? CSV.rows(in: written, separator: ",")
      promise(
        read?.map { $0.map(CSV.bare) } == rows.map { $0.map(CSV.bare) },
        "a table is read as it was written"
      )
      let cells = (read ?? []).joined()
      promise(cells.allSatisfy { CSV.harmless($0) == $0 }, "no cell begins a formula")
    }
    guard let (roster, doubts) = try? Roster.read(text) else { return }
    _ = doubts.map(\.description)
    let ids = roster.members.map(\.student.id)
    promise(Set(ids).count == ids.count && !ids.contains(""), "everybody stands there once")
    let names = roster.members.lazy.flatMap { [$0.student.id, $0.student.name] }
    promise(names.allSatisfy { Printable.line($0, longest: .max) == $0 }, "names are printable")
  }
}
