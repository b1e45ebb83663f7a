import Testing

@testable import GraderClass

/// The programs that Gradescope calls, as text: nothing here runs them.
@Suite struct GradescopeScriptsTests {
  private let setup = GradescopeScripts.setup("a9-graphs", swift: "6.3")

  private func place(of text: String) throws -> String.Index {
    try #require(setup.firstRange(of: text), "no `\(text)`").lowerBound
  }

  /// An image is made once, and each submission starts from it: what names of slips need is there.
  @Test func setupPreparesNamesOfSlips() throws {
    let prepares = try place(of: "\"$base/grader/bin/grader\" prepare a9-graphs \"${flags[@]}\"")
    // In the cache that submissions are graded with, once the solution got full marks, as jailed as
    // the image allows.
    #expect(
      try place(of: "export CHAINRULE_COURSE=$base/source/course CHAINRULE_CACHE=") < prepares
    )
    #expect(try place(of: "--define-only") < prepares)
    #expect(try place(of: "python3 -c \"$check\"") < prepares)
  }

  @Test func submissionsUseTheSameCache() throws {
    let cache = "export CHAINRULE_COURSE=$base/source/course CHAINRULE_CACHE=$base/cache\n"
    #expect(setup.contains(cache))
    #expect(GradescopeScripts.run("a9-graphs", allowsNoJail: false).contains(cache))
  }
}
