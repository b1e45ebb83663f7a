import Testing

@testable import GradeFormats

/// Nothing that strangers say is markup, with or without a combining mark behind each sign.
@Suite struct EscapedTests {
  private static let marks = ["", "\u{301}", "\u{5BD}", "\u{200D}"]

  @Test(arguments: marks)
  func markdown(mark: String) {
    for sign in "\\`*_{}[]()<>#+-.!|~&@:" {
      #expect(Escaped.markdown("a\(sign)\(mark)b") == "a\\\(sign)\(mark)b", "\(sign)")
    }
    #expect(Escaped.markdown("a\r\n\(mark)b\nc\u{2028}d") == "a \(mark)b c d")
  }

  @Test(arguments: marks)
  func fences(mark: String) {
    #expect(Escaped.markdownBlock("````\(mark)").hasPrefix("`````text\n"))
  }

  @Test(arguments: marks)
  func workflowCommands(mark: String) {
    #expect(Escaped.commandMessage("%\(mark)0A\r\n\n\r") == "%25\(mark)0A%0A%0A%0D")
    #expect(Escaped.commandProperty(":\(mark):,\(mark)x") == "%3A\(mark)%3A%2C\(mark)x")
  }
}
