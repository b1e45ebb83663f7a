import Foundation
import Testing

/// The course under other limits: everything but the rubric is this repository's own, so nothing
/// of it is built again.
struct TestCourse: Sendable {
  /// The limits that differ from the defaults.
  struct Limits: Sendable {
    /// The assignment's.
    var all: [String: Int] = [:]
    /// Those of single tests, by id.
    var tests: [String: [String: Int]] = [:]

    static let none = Limits()
  }

  let path: String

  /// Lays the course out in a folder; `hidden` are tests that students never see, `later` those
  /// that they see after the due date, and `onlyIf` tests by those that wait for them.
  init(
    limits: Limits,
    hidden: [String] = [],
    later: [String] = [],
    onlyIf: [String: String] = [:],
    in folder: TemporaryFolder
  ) throws {
    path = try folder.folder("course")
    let assignment = "course/reference/a1-batch-norm"
    let root = Repository.root
    _ = try folder.folder(assignment)
    try folder.shell(
      """
      mkdir '\(path)/Sources'
      ln -s '\(root)/Sources/JudgeWire' '\(path)/Sources/JudgeWire'
      ln -s '\(root)/assignments' '\(path)/assignments'
      ln -s '\(root)/reference/JudgeSupport' '\(path)/reference/JudgeSupport'
      for name in HiddenTests Worker Package.swift Handout Mutants Solution; do
        ln -s '\(root)/reference/a1-batch-norm/'$name .
      done
      """,
      in: assignment
    )
    var text = try String(
      contentsOfFile: "\(root)/reference/a1-batch-norm/assignment.yaml",
      encoding: .utf8
    )
    func change(_ old: String, to new: String) throws {
      try #require(text.ranges(of: old).count == 1, "\(old) in assignment.yaml")
      text = text.replacing(old, with: new)
    }
    try change("limits: {}", to: "limits: \(Self.yaml(limits.all))")
    for (id, limits) in limits.tests {
      try change("- id: \(id)\n", to: "- id: \(id)\n    limits: \(Self.yaml(limits))\n")
    }
    for (id, other) in onlyIf {
      try change("- id: \(id)\n", to: "- id: \(id)\n    onlyIf: \(other)\n")
    }
    for (id, word) in hidden.map({ ($0, "hidden") }) + later.map({ ($0, "afterDueDate") }) {
      let start = try #require(text.firstRange(of: "- id: \(id)\n")).upperBound
      let line = try #require(text[start...].firstRange(of: "visibility: visible"))
      text.replaceSubrange(line, with: "visibility: \(word)")
    }
    try folder.write(Array(text.utf8), to: "\(assignment)/assignment.yaml")
  }

  private static func yaml(_ limits: [String: Int]) -> String {
    "{ \(limits.sorted { $0.key < $1.key }.map { "\($0): \($1)" }.joined(separator: ", ")) }"
  }
}
