import Foundation
import GraderCore
import JudgeEvents
import TestSupport
import Testing

@Suite struct CappedTests {
  private static func size(_ grade: Grade) throws -> Int {
    try JSONEncoder().encode(grade).count
  }

  /// A grade of forty tests in which somebody says so much of each kind.
  private static func grade(
    staff: String = "",
    message: String = "",
    compiler: String = "",
    notes: [String] = []
  ) -> Grade {
    var grade = Grade(
      tests: (0..<40).map {
        Grade.TestResult(id: "t\($0)", score: 100, of: 200, message: message)
      }
    )
    for index in grade.tests.indices {
      grade.tests[index].staffMessage = staff
      grade.tests[index].facts = Grade.Facts(findings: [.remark("It is so.")])
    }
    grade.build.diagnostics = compiler
    grade.build.parts = [
      Grade.PartRecord(name: "a", file: "A.swift", status: .blocked, message: compiler)
    ]
    grade.intake.notes = notes
    return grade
  }

  /// The worst of each kind by the bytes that a scalar takes, in UTF-8 and in JSON.
  @Test(arguments: ["x", "\"", "é", "\u{301}", "😀", "\n"])
  func aGradeHasAnEnd(scalar: String) throws {
    let long = String(repeating: scalar, count: 300_000)
    let grades = [
      Self.grade(staff: long), Self.grade(message: long), Self.grade(compiler: long),
      Self.grade(notes: Array(repeating: long, count: 100)),
      Self.grade(notes: Array(repeating: "short", count: 10_000)),
      Self.grade(staff: long, message: long, compiler: long),
    ]
    for grade in grades {
      let capped = grade.capped
      #expect(try Self.size(capped) < Grade.mostBytes)
      #expect(capped.score == grade.score)
      #expect(capped.tests.map(\.facts) == grade.tests.map(\.facts))
      #expect(capped.tests.map(\.score) == grade.tests.map(\.score))
    }
  }

  @Test func anOrdinaryGradeStaysAsItIs() {
    let grade = Self.grade(
      staff: String(repeating: "x", count: 1_000),
      message: "It is wrong.",
      compiler: String(repeating: "y", count: 10_000),
      notes: ["A note."]
    )
    #expect(grade.capped == grade)
  }

  /// What only staff reads goes first.
  @Test func studentsKeepTheirWords() {
    let words = String(repeating: "x", count: 1_000)
    let grade = Self.grade(staff: String(repeating: "s", count: 100_000), message: words).capped
    #expect(grade.tests.allSatisfy { $0.message == words })
    #expect(grade.tests[0].staffMessage?.contains("more characters") == true)
  }
}
