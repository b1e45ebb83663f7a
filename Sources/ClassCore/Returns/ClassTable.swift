import Foundation
import GraderCore

/// All results as one table for spreadsheets.
package enum ClassTable {
  /// One row for each student, also of a group; with a column for each part of the assignment, each
  /// test, and each item that people mark.
  ///
  /// No field can be taken for a formula. The mark at the start makes spreadsheets read UTF-8.
  package static func text(_ results: [ClassResult]) -> String {
    let (parts, tests) = (partNames(in: results), testIDs(in: results))
    let header =
      [
        "student", "name", "email", "section", "state", "machine", "marks", "late", "extra",
        "total", "maximum", "file", "handed in", "digest", "remarks",
      ] + parts.map { "part \($0)" } + tests
    let rows = results.flatMap { result in
      let people: [Student?] = result.students.isEmpty ? [nil] : result.students.map { $0 }
      return people.map { person in
        self.person(of: person) + facts(of: result) + sums(of: result, parts)
          + scores(of: result, tests)
      }
    }
    return "\u{FEFF}" + CSV.text([header] + rows)
  }

  /// Parts in the order in which rubrics have them.
  private static func partNames(in results: [ClassResult]) -> [String] {
    var seen: Set<String> = []
    return results.flatMap { $0.grade?.tests.compactMap(\.part) ?? [] }
      .filter { seen.insert($0).inserted }
  }

  /// Ids in the order in which rubrics have them.
  private static func testIDs(in results: [ClassResult]) -> [String] {
    var seen: Set<String> = []
    return results.flatMap { $0.grade?.tests.map(\.id) ?? [] }.filter { seen.insert($0).inserted }
  }

  private static func person(of student: Student?) -> [String] {
    [student?.id, student?.name, student?.email, student?.section].map { $0 ?? "" }
  }

  private static func facts(of result: ClassResult) -> [String] {
    let final = result.final
    return [
      state(of: result), points(final?.machine ?? result.grade?.score), points(final?.marks),
      points(lateness(in: final)), points(final?.extra),
      points(final?.total), points(final?.maxScore ?? result.grade?.maxScore),
      result.attempt?.originalName ?? "",
      result.attempt?.submittedAt?.formatted(.iso8601) ?? "",
      result.grade?.submission.digest ?? "",
      remarks(on: result).joined(separator: " "),
    ]
  }

  private static func remarks(on result: ClassResult) -> [String] {
    let unfit = result.unfitMarks.map { unfit in
      "\(unfit.mark.marker) gave \(unfit.mark.points) of now \(unfit.maximum) points for "
        + "\(unfit.mark.item): to be marked again."
    }
    return [result.withheld, result.open?.sentence].compactMap(\.self) + unfit
      + (result.final?.reasons ?? [])
  }

  /// The state of a result, in a word.
  private static func state(of result: ClassResult) -> String {
    if let open = result.open { return open.state }
    if result.withheld != nil { return "withheld" }
    guard let grade = result.grade else {
      return result.attempt == nil ? "nothing handed in" : "not graded"
    }
    guard grade.status == .graded, let final = result.final, final.total == nil else {
      return grade.status.rawValue
    }
    return (final.open ?? .marks).words
  }

  /// The machine's points for each part; empty where the grade has no test of it.
  private static func sums(of result: ClassResult, _ parts: [String]) -> [String] {
    let tests = Dictionary(grouping: result.grade?.tests ?? [], by: \.part)
    return parts.map { part in points(tests[part].map { $0.map(\.score).total }) }
  }

  private static func scores(of result: ClassResult, _ tests: [String]) -> [String] {
    let scores = Dictionary(
      (result.grade?.tests ?? []).map { test in
        (test.id, test.status.isPending ? points(result.marks[test.id]) : "\(test.score)")
      }
    ) { first, _ in first }
    return tests.map { scores[$0] ?? "" }
  }

  /// The points that lateness took; nil while that is open.
  private static func lateness(in final: FinalGrade?) -> Points? {
    guard let final, final.open != .lateness else { return nil }
    return Points(hundredths: -final.latePenalty.hundredths)
  }

  private static func points(_ points: Points?) -> String { points.map { "\($0)" } ?? "" }
}
