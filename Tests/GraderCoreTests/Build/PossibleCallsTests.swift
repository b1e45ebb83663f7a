import Testing

@testable import GraderCore

/// The functions that others of the task may build on.
@Suite struct PossibleCallsTests {
  private static let parts = [
    "Size": ["size"], "Response": ["response"], "Layer": ["gradient", "layer"],
  ]

  private static func calls(_ files: [String: String]) throws -> PossibleCalls {
    PossibleCalls(
      in: try files.map { path, text in
        Submission.File(
          path: try #require(RelativePath("S/\(path).swift")),
          content: Array(text.utf8)
        )
      },
      of: ["Size", "Response", "Layer"].map { name in
        Assignment.Part(
          name: name,
          file: "S/\(name).swift",
          functions: (parts[name] ?? []).map { "\($0)(_ x: Double) throws -> Double" }
        )
      }
    )
  }

  private static let plain = [
    "Size": "public func size(_ x: Double) throws -> Double { x }",
    "Response": "public func response(_ x: Double) throws -> Double { try size(x) }",
    "Layer": """
    public func gradient(_ x: Double) throws -> Double { x }
    public func layer(_ x: Double) throws -> Double { try response(x) }
    """,
  ]

  /// `gradient` has its file in common with `layer`: that is not looked into.
  private static let supports: [(String, Set<String>)] = [
    ("size", []), ("response", ["size"]), ("layer", ["size", "response"]),
    ("gradient", ["size", "response"]),
  ]

  @Test(arguments: supports)
  func whatStandsInItsFiles(function: String, supports: Set<String>) throws {
    #expect(try Self.calls(Self.plain).supports(of: [function]) == supports)
  }

  /// A function can also build on one that the task lists after it.
  @Test func aLaterOne() throws {
    var files = Self.plain
    files["Response"] = "public func response(_ x: Double) throws -> Double { x }"
    files["Size"] = "public func size(_ x: Double) throws -> Double { try response(x) }"
    #expect(try Self.calls(files).supports(of: ["size"]) == ["response"])
    #expect(try Self.calls(files).supports(of: ["response"]).isEmpty)
  }

  /// Each made of the other: one of the two at most is excused by the other.
  @Test func eachMadeOfTheOther() throws {
    var files = Self.plain
    files["Size"] = "public func size(_ x: Double) throws -> Double { try response(x) }"
    #expect(try Self.calls(files).supports(of: ["size"]).isEmpty)
    #expect(try Self.calls(files).supports(of: ["response"]) == ["size"])
  }

  /// The same by way of a third.
  @Test func eachMadeOfTheOtherByAThird() throws {
    var files = Self.plain
    files["Size"] = "public func size(_ x: Double) throws -> Double { try layer(x) }"
    #expect(try Self.calls(files).supports(of: ["size"]).isEmpty)
  }

  @Test func throughHelpers() throws {
    var files = Self.plain
    files["Response"] = "public func response(_ x: Double) throws -> Double { x ~> 2 }"
    files["Tools"] = "func ~> (x: Double, y: Double) -> Double { (try? size(x)) ?? y }"
    #expect(try Self.calls(files).supports(of: ["response"]) == ["size"])
  }

  @Test(arguments: [
    "func help(_ x: Double) throws -> Double { try size(x) }",
    "let help: (Double) throws -> Double = { try size($0) }",
  ])
  func throughAnotherPart(helper: String) throws {
    var files = Self.plain
    files["Response"] = "public func response(_ x: Double) throws -> Double { x }\n\(helper)"
    files["Layer"] = "public func layer(_ x: Double) throws -> Double { try help(x) }"
    #expect(try Self.calls(files).supports(of: ["layer"]) == ["size"])
  }

  /// What another part declares within its functions is of no use to others.
  @Test func localNames() throws {
    var files = Self.plain
    files["Response"] = """
      public func response(_ x: Double) throws -> Double {
        let help = try size(x)
        return help
      }
      """
    files["Layer"] = "public func layer(_ x: Double) throws -> Double { let help = x; return help }"
    #expect(try Self.calls(files).supports(of: ["layer"]).isEmpty)
  }

  @Test func noFunctionOfTheTask() throws {
    #expect(try Self.calls(Self.plain).supports(of: ["other"]).isEmpty)
  }
}
