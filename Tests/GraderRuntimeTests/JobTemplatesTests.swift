import Testing

@testable import GraderRuntime

/// The jobs that drivers print under `-###`, taken apart as a shell would.
@Suite struct JobTemplatesTests {
  @Test(arguments: [
    ("a b c", ["a", "b", "c"]),
    (" \"/usr/bin/ld.lld\" \"-o\" \"a b\" ", ["/usr/bin/ld.lld", "-o", "a b"]),
    ("/bin/swift-frontend -I a\\ b", ["/bin/swift-frontend", "-I", "a b"]),
    ("\"a\\\"b\" \"c\\\\d\"", ["a\"b", "c\\d"]),
    ("a \"\" b", ["a", "", "b"]),
    ("-D\"x y\"z", ["-Dx yz"]),
    ("a  b", ["a", "b"]),
    ("", []),
    ("   ", []),
  ])
  func words(line: String, words: [String]) {
    #expect(JobTemplates.words(of: line) == words)
  }
}
