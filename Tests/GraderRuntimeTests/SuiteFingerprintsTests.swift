import GraderCore
import Testing

@testable import GraderRuntime

@Suite struct SuiteFileTests {
  private static let alone = """
    import Foundation

    /// About means.
    final class MeanTests: Case {
      func testMean() {}
    }
    """

  @Test func fileWithOnlyTestClassesIsItsOwn() {
    let files = ["Mean.swift": Self.alone, "Case.swift": "class Case: XCTestCase {\n}"]
    #expect(SuiteFile.classesByFile(in: files) == ["Mean.swift": ["MeanTests"]])
  }

  /// Whatever else stands at the top level can be used from anywhere.
  @Test(arguments: [
    "func helper() {}", "let tolerance = 1e-6", "extension Case {\n}", "struct Draw {\n}",
    "private enum Draw {\n}", "@MainActor final class OtherTests: Case {\n}",
    "final class Helper {\n}", "public class OtherTests: Case {\n}", "typealias T = Int",
  ])
  func anythingElseIsShared(declaration: String) {
    #expect(SuiteFile.classes(in: "\(Self.alone)\n\(declaration)\n") == nil)
  }

  @Test func classThatAnotherFileNamesIsShared() {
    let files = [
      "Mean.swift": Self.alone,
      "Root.swift": "final class RootTests: Case {\n  let n = MeanTests.n\n}",
    ]
    #expect(SuiteFile.classesByFile(in: files) == ["Root.swift": ["RootTests"]])
  }
}

@Suite struct SuiteTextTests {
  private static let text = """
    final class MeanTests: Case {
      let count = 3
      /// The first.
      func testFirst() throws {
        if true {
        }
        check(1)
      }

      func testSecond() { check(2) }
      func testThird() {
        helper()
      }
      func helper() {}
    }

    """

  private func text(of method: String, with change: (String, String)? = nil) -> String {
    let text = change.map { Self.text.replacing($0, with: $1) } ?? Self.text
    return SuiteFile.text(text, of: method)
  }

  @Test(arguments: [
    ("check(1)", "testFirst"), ("The first", "testFirst"), ("check(2)", "testSecond"),
  ])
  func aMethodCountsForItsTestAlone(change: String, test: String) {
    for method in ["testFirst", "testSecond", "testThird"] {
      let isOther = text(of: method) != text(of: method, with: (change, "changed"))
      #expect(isOther == (method == test), "\(method)")
    }
  }

  @Test(arguments: [
    ("count = 3", "count = 4"), ("func helper() {}", "func helper() { print() }"),
    ("final class", "class"),
  ])
  func allElseCountsForAll(change: (String, String)) {
    for method in ["testFirst", "testSecond", "testThird"] {
      #expect(text(of: method) != text(of: method, with: change), "\(method)")
    }
  }

  /// Another method may call it.
  @Test func aMethodThatIsNamedElsewhereCountsForAll() {
    let calling = Self.text.replacing("helper()\n", with: "testSecond()\n")
    let changed = calling.replacing("check(2)", with: "check(3)")
    #expect(SuiteFile.text(calling, of: "testThird") != SuiteFile.text(changed, of: "testThird"))
  }

  @Test func aTextOfSeveralLinesMayLookLikeAMethod() {
    let text = "text = \"\"\"\n  func testX() {\n  }\n\"\"\""
    let quoting = Self.text.replacing("count = 3", with: text)
    #expect(SuiteFile.text(quoting, of: "testFirst") == quoting)
  }
}

@Suite struct TouchedTestsTests {
  private static let suite = [("mean", 200, []), ("root", 200, []), ("chain", 200, ["mean"])]

  /// Fingerprints in which these tests are other ones, or worth something else.
  private static func fingerprints(
    changed: Set<String> = [],
    worth: [String: Int] = [:],
    hints: String = "old"
  ) -> SuiteFingerprints {
    SuiteFingerprints(
      tests: Dictionary(
        uniqueKeysWithValues: suite.map { ($0.0, changed.contains($0.0) ? "new" : "old") }
      ),
      points: Dictionary(
        uniqueKeysWithValues: suite.map { ($0.0, Points(hundredths: worth[$0.0] ?? $0.1)) }
      ),
      hints: hints
    )
  }

  private static func touched(
    changed: Set<String> = [],
    worth: [String: Int] = [:],
    hints: String = "old",
    scores: [String: Int] = ["mean": 200, "root": 0, "chain": 200]
  ) throws -> Set<String> {
    let assignment = try AssignmentText.assignment(
      suite.map { ($0.0, worth[$0.0] ?? $0.1, $0.2) }
    )
    return fingerprints(changed: changed, worth: worth, hints: hints).touched(
      since: fingerprints(),
      assignment: assignment,
      results: scores.sorted { $0.key < $1.key }.map { AssignmentText.row($0.key, $0.value) }
    )
  }

  @Test func nothingIsTouchedWhereNothingChanged() throws {
    #expect(try Self.touched() == [])
  }

  @Test func testThatChangedRunsAgain() throws {
    #expect(try Self.touched(changed: ["root"]) == ["root"])
  }

  /// Slips are named, and points are carried, where some are lost.
  @Test func newPlantedMistakesTouchWhatLostPoints() throws {
    #expect(try Self.touched(hints: "new") == ["root"])
    let scores = ["mean": 200, "root": 200, "chain": 50]
    #expect(try Self.touched(hints: "new", scores: scores) == ["chain"])
  }

  @Test func chainThatLostPointsRunsAgainWithItsSteps() throws {
    let scores = ["mean": 200, "root": 0, "chain": 50]
    #expect(try Self.touched(changed: ["mean"], scores: scores) == ["mean", "chain"])
    #expect(try Self.touched(worth: ["mean": 300], scores: scores) == ["chain"])
  }

  /// What a chain has by itself no step takes away.
  @Test func chainThatIsRightStays() throws {
    #expect(try Self.touched(changed: ["mean"]) == ["mean"])
    #expect(try Self.touched(worth: ["mean": 300]) == [])
  }

  /// A chain can end in a step that it does not name, and nobody knows that of an earlier grade.
  @Test func aChainThatLostPointsRunsAgainWithAllThatDid() throws {
    let scores = ["mean": 100, "root": 200, "chain": 50]
    #expect(try Self.touched(changed: ["root"], scores: scores) == ["root", "mean", "chain"])
    #expect(try Self.touched(scores: scores) == [])
  }

  @Test func newWorthOfAllOrNothingNeedsNoRun() throws {
    #expect(try Self.touched(worth: ["root": 300]) == [])
    #expect(
      try Self.touched(worth: ["root": 300], scores: ["mean": 200, "root": 50, "chain": 200])
        == ["root"]
    )
  }

  @Test func testWithoutAResultRuns() throws {
    #expect(try Self.touched(scores: ["mean": 200, "chain": 200]) == ["root"])
  }
}
