import GraderCore
import Testing

@Suite struct IntakeRelativePathTests {
  @Test(arguments: [
    "a", "Sources/BatchNorm/Forward.swift", "-rf", "@x", "a b/c d", "...", ".hidden", "課題/表.swift",
    "a:b", "C:x/y", "😀.swift",
  ])
  func acceptsPathsThatStayInside(string: String) throws {
    let path = try #require(RelativePath(string))
    #expect(path.string == string)
    #expect(path.components.joined(separator: "/") == string)
  }

  @Test(arguments: [
    "", "/", "/a", "a/", "a//b", ".", "..", "./a", "a/.", "../a", "a/../b", "a/..", "a\\b", "..\\a",
    "C:/a", "C:", "a\0", "a\nb", "a\u{1B}[31m", "a\u{7F}", "a\u{85}", "a\u{202E}b", "a\u{200B}b",
    "a\u{FEFF}", "a\u{2028}b", "a\u{E0001}", "a\u{FFFE}",
  ])
  func refusesAllOthers(string: String) {
    #expect(RelativePath(string) == nil)
  }

  @Test func refusesWhatFileSystemsCannotHold() {
    #expect(RelativePath(String(repeating: "x", count: 255)) != nil)
    #expect(RelativePath(String(repeating: "x", count: 256)) == nil)
    #expect(RelativePath(String(repeating: "é", count: 128)) == nil)
    #expect(RelativePath(components: Array(repeating: "x", count: 32)) != nil)
    #expect(RelativePath(components: Array(repeating: "x", count: 33)) == nil)
    let name = String(repeating: "x", count: 204)
    #expect(RelativePath(components: Array(repeating: name, count: 5)) != nil)
    #expect(RelativePath(components: Array(repeating: name + "x", count: 5)) == nil)
  }

  @Test func spellingsOfTheSameCharactersAreOnePath() {
    let composed = RelativePath("Sources/Größe/が.swift")
    let decomposed = RelativePath("Sources/Gro\u{308}ße/か\u{3099}.swift")
    #expect(composed != nil)
    #expect(composed == decomposed)
    #expect(composed.hashValue == decomposed.hashValue)
  }

  @Test func joiningUnsafeComponentsFails() {
    #expect(RelativePath(components: ["a", ".."]) == nil)
    #expect(RelativePath(components: ["a/../..", "b"]) == nil)
    #expect(RelativePath(components: []) == nil)
  }

  @Test func entryNamesAreSplitAndCleaned() {
    let name = EntryName("./a//b/./c", origin: [], backslashesSeparate: false)
    #expect(name.path == RelativePath("a/b/c"))
    #expect(name.origin == [])
  }

  @Test(arguments: ["/a", "//a", "../a", "a/../b", "", ".", "./", "a\0b"])
  func entryNamesThatAreNoPath(string: String) {
    #expect(EntryName(string, origin: [], backslashesSeparate: true).path == nil)
  }

  @Test func backslashesSeparateOnlyWhereTheyMay() {
    let zip = EntryName("a\\b", origin: .codePage932, backslashesSeparate: true)
    #expect(zip.path == RelativePath("a/b"))
    #expect(zip.origin == [.codePage932, .backslashes])
    #expect(EntryName("a\\b", origin: [], backslashesSeparate: false).path == nil)
  }

  @Test func shownNamesHideNothing() {
    #expect(ShownName("a\u{1B}[31m\u{202E}b").text == "a\\u{1B}[31m\\u{202E}b")
    #expect(ShownName("a\r\nb").text == "a\\u{D}\\u{A}b")
  }

  @Test func shownNamesAreShort() {
    let long = ShownName("start/" + String(repeating: "x", count: 5000) + "/end.swift")
    #expect(long.text.unicodeScalars.count == 120)
    #expect(long.text.hasPrefix("start/xxx"))
    #expect(long.text.hasSuffix("xxx"))
    let marks = ShownName("a" + String(repeating: "\u{301}", count: 100_000))
    #expect(marks.text.unicodeScalars.count == 120)
    let path = ShownName("start/" + String(repeating: "x", count: 500) + "/end.swift")
    #expect(path.text.hasSuffix("/end.swift"))
  }
}
