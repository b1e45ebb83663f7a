import Foundation
import GraderCore
import JudgeEvents
import Testing

/// The threat model says in bits how much a program can tell its student, and is right.
@Suite struct CapacityTests {
  private static let root = (0..<3).reduce(URL(filePath: #filePath)) { url, _ in
    url.deletingLastPathComponent()
  }

  private static func page(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The bits in the row of the page's table that begins so.
  private func bits(of fact: String, in page: String) throws -> Int {
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| \(fact)") }
    try #require(rows.count == 1, "\(fact)")
    return try #require(Int(rows[0].split(separator: "|")[1].filter(\.isNumber)))
  }

  /// A verdict, points, three findings, and a pattern: no more is told of a wrong answer.
  @Test func theSumsAreRight() throws {
    let page = try Self.page("Sources/Sandbox/THREATS.md")
    func bits(_ fact: String) throws -> Int { try self.bits(of: fact, in: page) }
    let frame = try bits("verdict") + bits("points") + bits("the pattern")
    let values = try frame + 3 * bits("a tensor that is told")
    let errors = try frame + 3 * bits("an error that is told")
    #expect(try bits("a tensor that is told") >= bits("a shape in the place"))
    #expect(try bits("an end by trap") + bits("verdict") + bits("points") <= values)
    #expect(page.contains("tells \(values) bits, and one that only throws \(errors),"))
    let architecture = try Self.page("Sources/grader/Documentation.docc/Architecture.md")
    #expect(architecture.contains("is \(values) bits for each test"))
    #expect(architecture.contains("and \(errors) for one that does nothing but throw"))
  }

  /// A program cannot choose to be pending, and what is not run has not chosen.
  @Test func aVerdictHasFewValues() throws {
    let chosen = Verdict.Kind.allCases.filter { $0 != .pending && $0 != .notRun }
    let page = try Self.page("Sources/Sandbox/THREATS.md")
    #expect(log2(Double(chosen.count)) <= Double(try bits(of: "verdict", in: page)))
  }

  /// However much a judge finds, a student is told three findings, and a pattern.
  @Test func fewFindingsAreTold() {
    let wrong = (0..<9).map {
      Finding.wrongValues(what: "t\($0)", count: 1, of: 2, exponent: 0, trials: nil)
    }
    let pattern = Finding.pattern(what: "t0", .zero, trials: nil)
    let judgement = Judgement(verdict: .failed, findings: wrong + [pattern, pattern])
    #expect(judgement.told == wrong.prefix(3) + [pattern])
  }
}
