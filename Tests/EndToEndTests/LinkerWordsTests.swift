import Foundation
import GraderCore
import Testing

/// Code that compiles and cannot be linked is told so without the linker's words.
@Suite struct UnlinkableTests {
  @Test(arguments: [
    (
      #"@_silgen_name("nowhere_at_all") func nowhere() -> Int32"#
        + "\npublic let there = nowhere()",
      "error: `nowhere_at_all` is declared, and defined nowhere"
    ),
    (
      #"@_silgen_name("chainrule_elsewhere") func elsewhere() -> Int32"#
        + "\npublic func there() -> Int32 { elsewhere() }",
      "error: `chainrule_elsewhere` is declared, and defined nowhere"
    ),
  ])
  func linkerPathsAreNeverShown(code: String, says: String) throws {
    let grade = try Homework.solution.adding("Helper.swift", code).graded()
    let words = grade.build.diagnostics + grade.build.parts.map(\.message).joined() + grade.message
    #expect(words.contains(says), "\(words)")
    for path in ["/tmp/", "/cache", "chainrule.", ".o:", ">>>"] {
      #expect(!words.contains(path), "\(words)")
    }
  }
}
