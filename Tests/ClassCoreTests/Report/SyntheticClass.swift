import ClassCore
import Foundation
import GraderCore
import JudgeEvents
import TestSupport

/// A class that nobody taught: the same one each time.
struct SyntheticClass {
  /// The results of a class of this size.
  static func results(_ count: Int, hostile: Bool = false) -> [ClassResult] {
    var dice = Dice(state: 42)
    return (0..<count).map { index in
      result(index, hostile: hostile, dice: &dice)
    }
  }

  static func report(_ count: Int, hostile: Bool = false) -> ClassReport {
    var report = ClassReport(title: "Batch normalization", date: "1 April 2026")
    for result in results(count, hostile: hostile) { report.add(result) }
    return report
  }

  private static let families = ["Sato", "Suzuki", "Müller", "García", "O’Neil", "Nguyễn", "佐藤"]
  private static let givens = ["Aiko", "Bo", "Chloé", "Dmitri", "Elif", "Femi", "花子", "Hiro"]

  private static func result(_ index: Int, hostile: Bool, dice: inout Dice) -> ClassResult {
    let family = families[Int(dice.next() % 7)]
    let name =
      hostile ? "\(Hostile.text) \(index)" : "\(family), \(givens[Int(dice.next() % 8)])"
    let student = Student(
      id: "03-2\(40_000 + index)",
      name: name,
      section: index % 2 == 0 ? "Mon" : "Thu"
    )
    let attempt = Attempt(
      students: [student.id],
      originalName: "submit.zip",
      path: "x",
      isMarkedLate: index % 17 == 3
    )
    let fate = dice.next() % 100
    if fate < 4 { return ClassResult(students: [student], attempt: nil, grade: nil) }
    if fate < 6 {
      let why = hostile ? Hostile.text : "The jail could not be set up."
      return ClassResult(students: [student], attempt: attempt, grade: nil, withheld: why)
    }
    let grade = fate < 8 ? Grade.unreadable : grade(hostile: hostile, dice: &dice)
    return ClassResult(students: [student], attempt: attempt, grade: grade)
  }

  /// Chance decides, and how able the student is; the first test is for everybody, the last for
  /// nobody.
  private static func grade(hostile: Bool, dice: inout Dice) -> Grade {
    let ability = 1 - pow(Double(dice.next() % 1000) / 1000, 2.2)
    var rows = (0..<20).map { test -> Grade.TestResult in
      let roll = Double(dice.next() % 1000) / 1000 * 0.55 + Double(test) / 45
      let passes = test == 0 || (test < 19 && roll < ability * 0.98)
      if passes { return row(test, .passed, 400, nil) }
      return lost(test, hostile: hostile, &dice)
    }
    rows.append(Grade.TestResult(row: "Written derivation", status: .pending))
    return Grade(rows: rows)
  }

  private static func lost(_ test: Int, hostile: Bool, _ dice: inout Dice) -> Grade.TestResult {
    let wrong = Finding.wrongValues(what: "dX", count: 18, of: 18, exponent: -1)
    let slip = [
      Grade.Facts(findings: [wrong], slip: "a path to the input is missing"),
      Grade.Facts(findings: [wrong, .pattern(what: "dX", .factor("6"))]),
      Grade.Facts(findings: [.notImplemented(function: "gradInput", stub: "gradInput(x:)")]),
    ][Int(dice.next() % 3)]
    switch dice.next() % 10 {
    case 0:
      let place = Grade.Place(file: "A.swift", line: test)
      return row(test, .crashed, 0, Grade.Facts(crash: .signaled(4), at: place))
    case 1: return row(test, .timedOut, 0, Grade.Facts())
    case 2, 3: return row(test, .partial, 247, slip)
    default:
      let strange = Grade.Facts(findings: [.remark(Hostile.text)])
      return row(test, .failed, 0, hostile ? strange : slip)
    }
  }

  private static func row(
    _ test: Int,
    _ status: Verdict.Kind,
    _ score: Int,
    _ facts: Grade.Facts?
  ) -> Grade.TestResult {
    var row = Grade.TestResult(
      row: "Step \(test + 1): a part of the gradient",
      status: status,
      score: score,
      message: StudentText.message(status, facts ?? Grade.Facts())
    )
    row.facts = facts
    return row
  }

  /// Numbers that are the same in every run.
  private struct Dice {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
  }
}
