import GraderCore
import Testing

/// Sources that go for the compiler, the linker or the program's start cost their own part, and say
/// why; a part beside them is graded as ever.
@Suite struct BuildAttackTests {
  /// Something in one file, and a part of what its student reads.
  struct Planted: Sendable {
    var code: String
    var says: String
    /// True if it is left out alone, as a declaration that nothing of the part needs.
    var isHelper = false

    init(_ code: String, says: String, isHelper: Bool = false) {
      (self.code, self.says, self.isHelper) = (code, says, isHelper)
    }

    static func section(_ name: String) -> Planted {
      Planted(
        "@section(\"\(name)\") @used private let planted: @convention(c) () -> Void = {}",
        says: "error: a solution may not use the object section '\(name)'"
      )
    }

    static func symbol(_ name: String) -> Planted {
      Planted(
        "@_cdecl(\"\(name)\") public func planted_\(name)() {}",
        says: "error: a solution may not define the C symbol '\(name)'"
      )
    }

    static func module(_ name: String, by line: String) -> Planted {
      Planted(line, says: "error: a solution may not import \(name); allowed are ")
    }
  }

  /// A hand-in with one in each file but one.
  struct HandIn: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var planted: [Planted]
  }

  private static let handIns = [
    HandIn(
      testDescription: "sections",
      planted: [
        .section(".init_array"), .section(".fini_array"), .section(".ctors"),
        .section(".preinit_array"), .section(".interp"), .section("planted"),
      ]
    ),
    HandIn(
      testDescription: "symbols",
      planted: [
        .symbol("main"), .symbol("_start"), .symbol("free"), .symbol("write"),
        .symbol("exit"), .symbol("chainrule_trap"),
      ]
    ),
    HandIn(
      testDescription: "modules and macros",
      planted: [
        .module("_Differentiation", by: "import _Differentiation"),
        .module("Testing", by: "@_exported import Testing"),
        .module("Dispatch", by: "import class Dispatch.DispatchQueue"),
        .module("XCTest", by: "#if canImport(XCTest)\nimport XCTest\n#else\nimport XCTest\n#endif"),
        Planted(
          "@freestanding(expression) macro planted() -> Int = #externalMacro("
            + "module: \"Planted\", type: \"M\")\nfunc expanded() -> Int { #planted }",
          says: "`expanded` in",
          isHelper: true
        ),
        Planted("#error(\"\\u{1B}]0;planted\\u{7}\")", says: "error: "),
      ]
    ),
  ]

  @Test(arguments: handIns.sample(0))
  func costsItsPart(handIn: HandIn) throws {
    var homework = Homework.solution
    let parts = Homework.parts.filter { $0 != "ClosedForm.swift" }
    for (file, planted) in zip(parts, handIn.planted) {
      homework = try homework.appending("\n\(planted.code)\n", to: file)
    }
    let grade = try homework.graded("--naming-seconds", "0")
    #expect(grade.build.status == .partial)
    #expect(try grade.test("backward-closed").status == .passed)
    for (file, planted) in zip(parts, handIn.planted) {
      let part = try #require(grade.build.parts.first { $0.file.hasSuffix("/\(file)") })
      #expect(part.status == (planted.isHelper ? .built : .blocked), "\(file)")
      let words = planted.isHelper ? grade.message : part.message
      #expect(words.contains(planted.says), "\(file): \(words)")
    }
    let told = grade.build.parts.map(\.message).joined() + grade.build.diagnostics
    #expect(!told.unicodeScalars.contains("\u{1B}"))
  }
}
