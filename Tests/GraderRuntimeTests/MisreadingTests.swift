import Foundation
import GraderCore
import GraderRuntime
import Testing

/// A mistake in the course's own files is told by file, line, place, and what is allowed.
@Suite struct MisreadingTests {
  private static let assignment = """
    id: a1
    title: A
    module: Module
    task: Task
    suite: HiddenTests
    parts:
      - { name: P, file: Sources/Module/A.swift, functions: ["a()"] }
    tests:
      - id: t
        method: T/testA
        title: T
        part: P
        points: 2
        visibility: visible
        limits: { testCPUSeconds: 7 }
    pending: []
    limits: {}

    """

  @Test(arguments: [
    ("title: A\n", "", "line 1: title: is missing"),
    ("title: A\n", "title: [A]\n", "line 2: title: must be a single value"),
    ("points: 2\n", "points: two\n", "line 13: tests.#1.points: must be a number, and is `two`"),
    (
      "points: 2\n", "points: 0.001\n",
      "line 13: tests.#1.points: 0.001 points: not whole hundredths"
    ),
    ("    part: P\n", "", "line 9: tests.#1.part: is missing"),
    (
      "visibility: visible", "visibility: never",
      "line 14: tests.#1.visibility: must be one of visible, afterDueDate, hidden, and is `never`"
    ),
    (
      "testCPUSeconds: 7", "testCpuSeconds: 7",
      "line 15: tests.#1.limits.testCpuSeconds: is not known; there are: compileCPUSeconds, "
        + "compileWallSeconds, compileMemoryMiB, testCPUSeconds, testWallSeconds, testMemoryMiB, "
        + "outputBytes, submissionWallSeconds, outsideSubmissionTime"
    ),
    (
      "testCPUSeconds: 7", "testCPUSeconds: long",
      "line 15: tests.#1.limits.testCPUSeconds: must be a whole number, and is `long`"
    ),
    (
      "pending: []", "pending: []\nhint: x",
      "line 17: hint: is not known; there are: id, title, module, task, suite, parts, tests, "
        + "pending, limits, counterexamples"
    ),
    ("pending: []", "pending: []\npending: []", "line 16: the same key twice: pending"),
    ("pending: []", "pending: [", "line 18: the YAML is broken: did not find expected ',' or ']'"),
    ("tests:\n", "tests:\n  a: b\n", "line 10: the YAML is broken: did not find expected key"),
  ])
  func assignment(text: String, changed: String, says: String) throws {
    let folder = try Folder()
    try folder.write("", to: "assignments/CourseKit/Package.swift")
    let yaml = Self.assignment.replacing(text, with: changed)
    #expect(yaml != Self.assignment)
    try folder.write(yaml, to: "reference/a1/assignment.yaml")
    let course = try Course.find(explicit: folder.path)
    let path = "\(course.root)/reference/a1/assignment.yaml"
    let fault = #expect(throws: GraderFault.self) { try course.assignment("a1") }
    #expect(fault?.kind == .broken)
    #expect(fault?.what == "\(path) cannot be understood: \(says).")
  }

  /// A planted mistake that is misspelt would silently expect or replace nothing.
  @Test func mutants() throws {
    let yaml = """
      - { id: m, slip: s, file: f, replace: a, with: b, expect: [t] }
      - id: n
        slip: s
        file: f
        replace: a
        with: b
        expect: [t]
        expct: [u]
      """
    let fault = #expect(throws: GraderFault.self) {
      try YAMLText.decodeWhole([Mutant].self, from: yaml, path: "mutants.yaml")
    }
    #expect(
      fault?.what == "mutants.yaml cannot be understood: line 8: #2.expct: is not known; "
        + "there are: id, slip, file, replace, with, expect."
    )
  }

  /// JSON that others write has no lines, but places.
  @Test(arguments: [
    (#"{ "a": "x" }"#, "a: must be a whole number"), (#"{ "b": 1 }"#, "a: is missing"),
    (#"{ "a": "#, "The given data was not valid JSON"),
  ])
  func json(text: String, says: String) throws {
    struct Value: Decodable { var a: Int }
    let error = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }
    #expect(try Misreading(#require(error)).words == says)
  }
}
