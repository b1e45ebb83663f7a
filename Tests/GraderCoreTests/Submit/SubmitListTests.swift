import GraderCore
import Testing

/// The submit plugin and intake read one list, each with code of its own.
///
/// `HandInList.swift` beside this file is a link to the plugin's, which cannot import the grader.
@Suite struct SubmitListTests {
  @Test(arguments: [
    "required a", "# c\n\n  required\tSources/A b.swift \u{20}\r\npattern Sources/**.swift\n#x",
    "required a\npattern *", "required a\npattern a*/b**c/*", "required a\npattern a***.swift",
    "required Größe.md\nrequired Gro\u{308}ße.md", "required a\nrequired A", "required .hidden",
    "required a\nwanted b", "required", "pattern  ", "required ../a", "required a/../b",
    "required ./a", "required a//b", "required a/", "required /a", "required *.swift",
    "required a\npattern Sources/x.swift", "required a\npattern /etc/*", "required a\npattern ../*",
    "required a\npattern *\npattern *", "required a\nrequired a", "pattern *.swift\n", "", "#",
    "required a\\b", "required a\u{7}", "required a\u{202E}b", "required a\u{200B}",
    "required C:/a",
    "required x\u{85}required y", "required a\u{2028}required b", "required é:/a", "required a:/b:",
    "Required a", "required a b", "required\u{A0}a", "required a\u{A0}", "pattern a*\nrequired b",
    "required \(String(repeating: "x", count: 255))",
    "required \(String(repeating: "x", count: 256))",
    "required \(String(repeating: "x/", count: 31))x",
    "required \(String(repeating: "x/", count: 32))x",
    "required \(String(repeating: "xxxxxxxx/", count: 120))",
  ])
  func readsAsIntakeDoes(text: String) throws {
    let ours = try? HandIn(parsing: text)
    let plugins = try? HandInList(parsing: text)
    #expect(plugins?.required == ours?.required.map(\.string))
    #expect(plugins?.patterns == ours?.patterns.map(\.string))
    if let ours, let plugins {
      // Where they are equal as strings, they must be equal as bytes.
      #expect(
        plugins.required.map { Array($0.utf8) } == ours.required.map { Array($0.string.utf8) }
      )
    }
  }

  @Test(arguments: [
    "Sources/M/**.swift", "Sources/*.swift", "*", "**", "*/A*.swift", "**/A*/*.swift", "a*a*a*a*b",
    "a*a", "x***y", "Größe/*.swift", "*.swift", "Sources/M/*", "Sources/**/A.swift", ".*", ".x/*",
    "**.swift", "Sources/M*", "a**b*c",
  ])
  func matchesAsIntakeDoes(pattern: String) throws {
    let ours = try HandIn(parsing: "required Derivation.md\npattern \(pattern)")
    let plugins = try HandInList(parsing: "required Derivation.md\npattern \(pattern)")
    for path in Self.paths {
      let expected = ours.lists(try #require(RelativePath(path)))
      #expect(plugins.lists(path) == expected, "\(path)")
    }
  }

  private static let paths = [
    "Derivation.md", "derivation.md", "x/Derivation.md", "Sources/M/A.swift", "Sources/A.swift",
    "Sources/M/sub/folder/A.swift", "Sources/M/A.swift.txt", "Sources/N/A.swift", "Sources/M",
    "x/Sources/M/A.swift", "Sources/M/.A.swift", "Sources/M/.build/A.swift", "Sources/M/.swift",
    "Sources/M/A.SWIFT", "x/Abc.swift", "x/y/Abc.swift", "x/y/Ab/c.swift", "A.swift", ".swift",
    ".x/y", "a", "aa", "aaaab", "aaaaaaaaaaaaaaaaaaaaaaaa", "xy", "x/y", "x/z/y", "abc", "a/b/c",
    "ab/xbxc", "abxc/c", "Gro\u{308}ße/x.swift", "Größe/x.swift", "Größe/.x.swift", "e\u{301}",
  ]

  @Test func keepsToTheLimitsOfIntake() {
    #expect(UInt64(HandInList.maximumFiles) == IntakeLimits().keptFiles)
    #expect(UInt64(HandInList.maximumFileBytes) == IntakeLimits().keptFileBytes)
  }
}
