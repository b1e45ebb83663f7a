import GraderCore
import JudgeEvents
import TestSupport
import Testing

/// The facts that make two students' mistakes the same one.
@Suite struct MistakeTests {
  private static func facts(_ change: (inout Grade.Facts) -> Void) -> Grade.Facts {
    var facts = Grade.Facts()
    change(&facts)
    return facts
  }

  private static func mistake(
    _ facts: Grade.Facts?,
    _ status: Verdict.Kind = .failed
  ) -> Mistake {
    var result = Grade.TestResult(id: "t", status: status, score: 0, of: 100)
    result.facts = facts
    return Mistake(result)
  }

  private static let wrongX = Finding.wrongValues(what: "dX", count: 18, of: 18, exponent: -1)
  private static let wrongW = Finding.wrongValues(what: "dW1", count: 2, of: 12, exponent: -2)

  @Test(arguments: [
    (
      facts {
        $0.findings = [wrongX]
        $0.slip = "x is 2"
      },
      Verdict.Kind.failed, "It looks as if x is 2.", true
    ),
    (
      facts {
        $0.findings = [wrongW, .wrongShape(what: "dW1", yours: [3, 4], expected: [4, 3])]
      },
      .failed, "dW1 has shape […, …], expected […, …].", false
    ),
    (facts { $0.findings = [wrongX, wrongW] }, .failed, "dW1 is wrong.", false),
    (
      facts {
        $0.crash = .signaled(4)
        $0.trap = "Index out of range"
        $0.place = Grade.Place(file: "A.swift", line: 42)
        $0.function = "f"
      },
      .crashed, "Index out of range at A.swift:… in f.", false
    ),
    (
      facts { $0.blocker = .file("Chain2.swift") },
      .notRun, "Not run: Chain2.swift does not compile.", false
    ),
    (facts { _ in }, .failed, "The answer is wrong.", false),
  ])
  func gist(facts: Grade.Facts, status: Verdict.Kind, words: String, isNamed: Bool) {
    let mistake = Self.mistake(facts, status)
    #expect(StaffText.gist(of: mistake) == words)
    #expect(mistake.isNamed == isNamed)
  }

  /// Figures, lines and points differ, and are no difference.
  @Test func figuresMakeNoDifference() {
    let other = Finding.wrongValues(what: "dX", count: 3, of: 6, exponent: 2)
    let wrong = Self.mistake(Self.facts { $0.findings = [Self.wrongX] })
    #expect(Self.mistake(Self.facts { $0.findings = [other] }, .partial) == wrong)
    let crash = [3, 40].map { line in
      Self.facts {
        $0.crash = .signaled(4)
        $0.place = Grade.Place(file: "A.swift", line: line)
      }
    }
    #expect(Self.mistake(crash[0], .crashed) == Self.mistake(crash[1], .crashed))
  }

  /// Counts are made of facts: no wording that a result carries can change them.
  @Test func wordsMakeNoDifference() {
    var result = Grade.TestResult(id: "t", score: 0, of: 100, message: "It looks as if x is 2.")
    result.facts = Self.facts { $0.slip = "x is 2" }
    let mistake = Mistake(result)
    #expect(mistake.isNamed)
    result.message = "It seems that x is 2."
    #expect(Mistake(result) == mistake)
    result.facts = nil
    #expect(!Mistake(result).isNamed)
  }

  /// Grades of earlier versions hold words alone; their mistakes are told apart by kind.
  @Test func withoutFacts() {
    #expect(Self.mistake(nil) == Self.mistake(nil, .partial))
    #expect(Self.mistake(nil) != Self.mistake(nil, .crashed))
  }
}
