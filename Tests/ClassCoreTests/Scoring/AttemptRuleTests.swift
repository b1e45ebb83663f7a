import ClassCore
import Foundation
import GraderCore
import Testing

@Suite struct AttemptRuleTests {
  private static let due = Date(timeIntervalSince1970: 1000)

  private static let attempts = [500.0, 900, 1001, 2000].enumerated().map { index, time in
    Attempt(
      students: ["x"],
      originalName: "a\(index).zip",
      path: "",
      submittedAt: Date(timeIntervalSince1970: time),
      number: index + 1
    )
  }
  private static let scores = [3, 7, 7, nil].map { $0.map { Points(hundredths: 100 * $0) } }

  @Test(arguments: [
    (AttemptRule.latest, [3], 3), (.first, [0], 0), (.best, [0, 1, 2, 3], 1), (.lastOnTime, [1], 1),
  ])
  func rules(rule: AttemptRule, candidates: [Int], chosen: Int) {
    #expect(rule.candidates(Self.attempts, due: Self.due) == candidates)
    #expect(rule.choose(Self.attempts, scores: Self.scores, due: Self.due) == chosen)
  }

  /// An attempt of two students of whom one handed in again alone stays the other's.
  @Test func counting() {
    func attempt(_ students: [String], _ number: Int) -> Attempt {
      Attempt(students: students, originalName: "\(number).zip", path: "", number: number)
    }
    let all = [
      attempt(["a", "b"], 1), attempt(["a"], 2), attempt(["c"], 1), attempt(["c"], 2),
      attempt([], 1), attempt([], 1),
    ]
    func counted(_ policy: ClassPolicy, _ scores: [Int?] = []) -> [[String]?] {
      policy.counting(all) { attempt in
        let score = all.firstIndex(of: attempt).flatMap {
          scores.indices.contains($0) ? scores[$0] : nil
        }
        return score.map { Points(hundredths: $0) }
      }.map { $0.counts ? $0.students : nil }
    }
    #expect(counted(ClassPolicy()) == [["b"], ["a"], nil, ["c"], [], []])
    #expect(counted(ClassPolicy(attempts: .first)) == [["a", "b"], nil, ["c"], nil, [], []])
    let best = ClassPolicy(attempts: .best)
    #expect(counted(best) == [["a", "b"], ["a"], ["c"], ["c"], [], []], "all wait for grades")
    #expect(counted(best, [5, 3, 7, 9]) == [["a", "b"], nil, nil, ["c"], [], []])
    // Nobody's grade is there twice.
    #expect(counted(best, [5, 6, 7, 7]) == [["b"], ["a"], ["c"], nil, [], []])
  }

  @Test func allLate() {
    let due = Date(timeIntervalSince1970: 0)
    #expect(AttemptRule.lastOnTime.candidates(Self.attempts, due: due) == [0])
    #expect(AttemptRule.lastOnTime.candidates([], due: due) == [])
    #expect(AttemptRule.best.choose([], scores: [], due: nil) == nil)
  }

  /// The latest stands for the best as long as nothing is graded.
  @Test func nothingGraded() {
    let none = [Points?](repeating: nil, count: 4)
    #expect(AttemptRule.best.choose(Self.attempts, scores: none, due: nil) == 3)
  }
}
