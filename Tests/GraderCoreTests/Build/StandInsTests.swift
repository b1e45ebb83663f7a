import Foundation
import Testing

@testable import GraderCore

/// The solution's functions in the place of a student's.
@Suite struct StandInsTests {
  private static let steps = """
    import Task

    /// The first of two.
    public func first(_ x: Double) throws -> Double { try scaled(x) }
    public
      func second(_ x: Double) throws -> Double { try first(x) + firsts }
    func first(_ x: Float) -> Float { x }
    private func scaled(_ x: Double) throws -> Double { 2 * x }

    """

  private static let chain = "public func chain(_ x: Double) throws -> Double { try second(x) }\n"

  private static let solution = """
    public func first(_ x: Double) throws -> Double { 3 * x }
    public func second(_ x: Double) throws -> Double { try first(x) }

    """

  private static func file(_ path: String, _ text: String) throws -> Submission.File {
    Submission.File(path: try #require(RelativePath(path)), content: Array(text.utf8))
  }

  private func standIns(_ steps: String = steps) throws -> StandIns {
    StandIns(
      for: [try Self.file("S/Steps.swift", steps), try Self.file("S/Chain.swift", Self.chain)],
      from: [
        try Self.file("S/Steps.swift", Self.solution), try Self.file("S/Chain.swift", Self.chain),
      ],
      parts: [
        Assignment.Part(
          name: "Steps",
          file: "S/Steps.swift",
          functions: [
            "first(_ x: Double) throws -> Double", "second(_ x: Double) throws -> Double",
          ]
        ),
        Assignment.Part(
          name: "Chain",
          file: "S/Chain.swift",
          functions: ["chain(_ x: Double) throws -> Double"]
        ),
      ]
    )
  }

  private func texts(_ files: [Submission.File]?) throws -> [String: String] {
    let pairs = try #require(files).map {
      ($0.path.string, String(decoding: $0.content, as: UTF8.self))
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  /// The student's helpers and other functions stay, and so do functions of the same name that are
  /// nobody's business.
  @Test func oneFunction() throws {
    #expect(
      try texts(standIns().sources(of: ["first"])) == [
        "S/Steps.swift": Self.steps.replacing("public func first(", with: "public func own_first("),
        "S/Chain.swift": Self.chain,
        "solution/S/Steps.swift": Self.solution.replacing(
          "public func second(",
          with: "private func solutions_second("
        ),
      ]
    )
  }

  @Test func severalFunctions() throws {
    let texts = try texts(standIns().sources(of: ["first", "second", "chain"]))
    #expect(texts["S/Steps.swift"]?.contains("public func own_second(") == true)
    #expect(texts["S/Chain.swift"] == Self.chain.replacing("func chain(", with: "func own_chain("))
    #expect(texts["solution/S/Steps.swift"] == Self.solution)
    #expect(texts["solution/S/Chain.swift"] == Self.chain)
  }

  /// A student may have them in any of his files.
  @Test func functionsInAnotherFile() throws {
    let moved = StandIns(
      for: [try Self.file("S/Helpers.swift", Self.steps)],
      from: try standIns().solution,
      parts: try standIns().parts
    )
    let texts = try texts(moved.sources(of: ["first"]))
    #expect(texts["S/Helpers.swift"]?.contains("public func own_first(") == true)
  }

  @Test(arguments: [
    "public let first: (Double) throws -> Double = { $0 }",
    "func first(_ x: Double) throws -> Double { x }",
    "public func firsts(_ x: Double) throws -> Double { x }",
  ])
  func notDeclaredAsTheTaskDoes(steps: String) throws {
    #expect(try standIns(steps).sources(of: ["first"]) == nil)
  }

  /// A file that the student does not have, or that does not compile, is the solution's.
  @Test func aFileThatIsNotThere() throws {
    let whole = try standIns()
    let part = StandIns(for: [whole.own[1]], from: whole.solution, parts: whole.parts)
    let steps = "Steps"
    #expect(part.functions(of: steps, blockedBy: .missingFile("")) == ["first", "second"])
    #expect(part.functions(of: steps, blockedBy: .file("")) == ["first", "second"])
    #expect(part.functions(of: steps, blockedBy: .function(name: "first", path: "")) == ["first"])
    #expect(part.functions(of: steps, blockedBy: .submissionTimeLimit(seconds: 1)).isEmpty)
    #expect(part.replaceable(["first", "chain", "third"]) == ["first", "chain"])
    #expect(
      try texts(part.sources(of: ["first", "second"])) == [
        "S/Steps.swift": Self.solution, "S/Chain.swift": Self.chain,
      ]
    )
  }

  @Test func unknownToTheSolution() throws {
    let steps = "public func third() throws {}"
    #expect(try standIns(steps).sources(of: ["third"]) == nil)
  }
}
