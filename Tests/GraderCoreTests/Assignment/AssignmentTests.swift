import Foundation
import GraderCore
import Testing

/// Authors' mistakes in `assignment.yaml`, and the limits that follow from it.
@Suite struct AssignmentTests {
  private let sound = Assignment(
    tests: [
      Assignment.Test(id: "a"), Assignment.Test(id: "b", part: "Q"),
      Assignment.Test(id: "c", carries: ["a", "b"]),
    ],
    parts: [("P", "P.swift"), ("Q", "Q.swift")]
  )

  @Test func soundAssignment() {
    #expect(sound.inconsistencies == [])
    #expect(sound.maxScore == Points(hundredths: 300))
    #expect(sound.pendingPoints == .zero)
  }

  @Test(arguments: [
    ("two items are a", [Assignment.Test(id: "a"), Assignment.Test(id: "a", method: "x")]),
    (
      "two tests have the method x",
      [Assignment.Test(id: "a", method: "x"), Assignment.Test(id: "b", method: "x")]
    ),
    ("a: no part Z", [Assignment.Test(id: "a", part: "Z")]),
    ("a: -1 points", [Assignment.Test(id: "a", points: -100)]),
    ("a: cannot carry errors of z", [Assignment.Test(id: "a", carries: ["z"])]),
    ("a: cannot carry errors of a", [Assignment.Test(id: "a", carries: ["a"])]),
    ("a: waits for itself", [Assignment.Test(id: "a", onlyIf: "a")]),
    ("a: waits for z, which is no test", [Assignment.Test(id: "a", onlyIf: "z")]),
    (
      "b: waits for a, so it cannot carry its errors",
      [Assignment.Test(id: "a"), Assignment.Test(id: "b", carries: ["a"], onlyIf: "a")]
    ),
    (
      "a: waits for b, which students see later or never",
      [Assignment.Test(id: "a", onlyIf: "b"), Assignment.Test(id: "b", visibility: .hidden)]
    ),
    (
      "b, d, c: they wait for each other",
      [
        Assignment.Test(id: "a", onlyIf: "b"), Assignment.Test(id: "b", onlyIf: "d"),
        Assignment.Test(id: "c", onlyIf: "b"), Assignment.Test(id: "d", onlyIf: "c"),
      ]
    ),
  ])
  func inconsistentTests(problem: String, tests: [Assignment.Test]) {
    var assignment = sound
    assignment.tests = tests
    #expect(assignment.inconsistencies == [problem])
  }

  /// What people mark comes after all tests.
  @Test func nothingWaitsForAPerson() {
    var assignment = sound
    assignment.tests[0].onlyIf = "essay"
    assignment.pending = [Assignment.PendingItem(id: "essay", points: 2000)]
    #expect(assignment.inconsistencies == ["a: waits for essay, which is no test"])
  }

  @Test func eachTestComesBehindWhatItWaitsFor() {
    let assignment = Assignment(tests: [
      Assignment.Test(id: "a", onlyIf: "c"), Assignment.Test(id: "b"),
      Assignment.Test(id: "c", onlyIf: "d"), Assignment.Test(id: "d"),
    ])
    #expect(assignment.inconsistencies == [])
    #expect(assignment.rounds == [[1, 3], [2], [0]])
    #expect(sound.rounds == [[0, 1, 2]])
  }

  @Test func inconsistentParts() {
    let names = Assignment(tests: [], parts: [("P", "P.swift"), ("P", "Q.swift")])
    #expect(names.inconsistencies == ["two parts are called P"])
    let files = Assignment(tests: [], parts: [("P", "P.swift"), ("Q", "P.swift")])
    #expect(files.inconsistencies == ["two parts have the file P.swift"])
  }

  @Test func pendingItemWithTheNameOfATest() {
    var assignment = sound
    assignment.pending = [Assignment.PendingItem(id: "a", points: 2000)]
    #expect(assignment.inconsistencies == ["two items are a"])
    #expect(assignment.pendingPoints == Points(hundredths: 2000))
  }

  @Test func defaultLimits() {
    let limits = GradingLimits()
    #expect(limits.compileCPUSeconds == 30)
    #expect(limits.compileWallSeconds == 60)
    #expect(limits.compileMemoryMiB == 4096)
    #expect(limits.testCPUSeconds == 5)
    #expect(limits.testWallSeconds == 10)
    #expect(limits.testMemoryMiB == 512)
    #expect(limits.outputBytes == 65_536)
    #expect(limits.submissionWallSeconds == 120)
    #expect(limits.applying(nil) == limits)
    #expect(limits.applying(LimitOverrides()) == limits)
  }

  /// Every limit can be overridden, and alone.
  @Test(arguments: [
    "compileCPUSeconds", "compileWallSeconds", "compileMemoryMiB", "testCPUSeconds",
    "testWallSeconds", "testMemoryMiB", "outputBytes", "submissionWallSeconds",
  ])
  func override(name: String) throws {
    let overrides = try JSONDecoder().decode(
      LimitOverrides.self,
      from: Data("{ \"\(name)\": 77 }".utf8)
    )
    func fields(_ limits: GradingLimits) throws -> [String: Int] {
      try JSONDecoder().decode([String: Int].self, from: JSONEncoder().encode(limits))
    }
    var expected = try fields(GradingLimits())
    try #require(expected[name] != nil)
    expected[name] = 77
    #expect(try fields(GradingLimits().applying(overrides)) == expected)
  }

  /// A chain carries errors of those steps that the suite asks for it.
  @Test func stepsThatNobodyAsks() {
    let assignment = Assignment(tests: [
      Assignment.Test(id: "one"), Assignment.Test(id: "two"),
      Assignment.Test(id: "chain", carries: ["one", "two"]),
    ])
    #expect(assignment.carryProblems(asked: ["chain": ["one", "two"]]) == [])
    #expect(
      assignment.carryProblems(asked: ["chain": ["one", "tow"]]) == [
        "chain carries errors of two, which the suite never asks for it.",
        "The suite asks tow for chain, and the rubric has no such item.",
      ]
    )
    #expect(assignment.carryProblems(asked: [:]).count == 2)
  }
}
