import GraderCore
import Testing

/// The compiler's words with the student's names, and the parts of them that are shown.
@Suite struct DiagnosticsTests {
  private func diagnostics(_ text: String) -> Diagnostics {
    Diagnostics(
      output: Array(text.utf8),
      folder: "/tmp/chainrule.x/src",
      renamings: [
        Diagnostics.Renaming(compiled: "S000.swift", original: "Sources/A/Chain.swift"),
        Diagnostics.Renaming(compiled: "S001.swift", original: "Sources/A/Steps.swift"),
      ]
    )
  }

  private static let two = """
    /tmp/chainrule.x/src/S001.swift:3:5: error: cannot find 'a' in scope
    1 | func f() {
    2 |   a()
      |   `- error: cannot find 'a' in scope
    3 | }

    /tmp/chainrule.x/src/S000.swift:9:1: warning: unused
    /tmp/chainrule.x/src/S000.swift:10:1: error: expected '}'
    """

  @Test func namesAreTheStudents() {
    #expect(
      diagnostics(
        "./S000.swift:1:1: error: x\n/tmp/chainrule.x/src/S001.swift:2:2: note: y S000.swift"
      ).text
        == "Sources/A/Chain.swift:1:1: error: x\nSources/A/Steps.swift:2:2: note: y "
        + "Sources/A/Chain.swift"
    )
    #expect(!diagnostics(Self.two).text.contains("/tmp"))
  }

  /// A crash of the compiler prints its arguments.
  @Test func foldersOfTheCacheAreNotShown() {
    let text = Diagnostics(
      output: Array("0. Program arguments: -I /cache/runtime-1/modules -I /cache/kit-2".utf8),
      folder: "/tmp/chainrule.x/src",
      others: ["/cache/runtime-1", "/cache/kit-2"],
      renamings: []
    ).text
    #expect(text == "0. Program arguments: -I modules -I .")
  }

  @Test func escapesAreHarmless() {
    #expect(diagnostics("S000.swift: \u{1B}[2Jx").text == #"Sources/A/Chain.swift: \u{1b}[2Jx"#)
  }

  @Test func longOutputIsCut() {
    #expect(diagnostics(String(repeating: "x", count: 1 << 20)).text.count < 17 << 10)
  }

  @Test func firstErrorOfAFile() {
    let diagnostics = diagnostics(Self.two)
    #expect(
      diagnostics.errors(in: "Sources/A/Steps.swift").first?.words == """
        Sources/A/Steps.swift:3:5: error: cannot find 'a' in scope
        1 | func f() {
        2 |   a()
        """
        + "\n  |   `- error: cannot find 'a' in scope\n3 | }"
    )
    #expect(
      diagnostics.errors(in: "Sources/A/Chain.swift").first?.words
        == "Sources/A/Chain.swift:10:1: error: expected '}'"
    )
    #expect(diagnostics.errors(in: "Sources/A/Other.swift").isEmpty)
  }

  @Test(arguments: [
    ("x.swift:1:1: error: first\nx.swift:2:2: error: last\nnote", "error: last"),
    ("ld.lld: error: undefined symbol: f", "error: undefined symbol: f"),
    ("nothing of the kind", "error: it does not compile together with the other files"),
    ("", "error: it does not compile together with the other files"),
  ])
  func lastError(text: String, error: String) {
    #expect(diagnostics(text).lastError == error)
  }
}
