import GraderCore
import Testing

@Suite struct IntakeHandInTests {
  @Test func readsRulesAndComments() throws {
    let text = """
      # What is handed in.
      required Sources/BatchNorm/Forward.swift

        required\tDerivation.md\u{20}
      pattern Sources/BatchNorm/**.swift
      #pattern x/*
      """
    let handIn = try HandIn(parsing: text)
    #expect(handIn.required.map(\.string) == ["Sources/BatchNorm/Forward.swift", "Derivation.md"])
    #expect(handIn.patterns.map(\.string) == ["Sources/BatchNorm/**.swift"])
    #expect(try HandIn(parsing: text.replacing("\n", with: "\r\n")) == handIn)
  }

  @Test(arguments: [
    (
      "required a\nwanted b",
      "handin.txt:2: `wanted` is not known; a line begins with `required`, `pattern` or `#`"
    ),
    ("required", "handin.txt:1: `required` needs a path after it"),
    ("#\n#\npattern  ", "handin.txt:3: `pattern` needs a path after it"),
    (
      "required ../a",
      "handin.txt:1: `../a` is not a path inside the assignment; write one without `..`, `*` or a "
        + "leading `/`"
    ),
    (
      "required *.swift",
      "handin.txt:1: `*.swift` is not a path inside the assignment; write one without `..`, `*` "
        + "or a leading `/`"
    ),
    (
      "required x\npattern Sources/x.swift",
      "handin.txt:2: `Sources/x.swift` is not a pattern; write a path inside the assignment with "
        + "`*` or `**` in it"
    ),
    (
      "required x\npattern /etc/*",
      "handin.txt:2: `/etc/*` is not a pattern; write a path inside the assignment with `*` or "
        + "`**` in it"
    ),
    ("required a\nrequired a", "handin.txt:2: `a` is listed twice; remove one of the lines"),
    (
      "pattern *.swift\n",
      "handin.txt:2: no file is required; add at least one `required` line"
    ),
  ])
  func saysWhatIsWrongAndWhere(text: String, message: String) throws {
    let error = #expect(throws: HandInError.self) { try HandIn(parsing: text) }
    #expect(error?.description == message)
  }

  @Test(arguments: [
    ("Sources/M/**.swift", "Sources/M/A.swift", true),
    ("Sources/M/**.swift", "Sources/M/sub/folder/A.swift", true),
    ("Sources/M/**.swift", "Sources/M/A.swift.txt", false),
    ("Sources/M/**.swift", "Sources/N/A.swift", false),
    ("Sources/M/**.swift", "x/Sources/M/A.swift", false),
    ("Sources/M/**.swift", "Sources/M/.A.swift", false),
    ("Sources/M/**.swift", "Sources/M/.build/A.swift", false),
    ("Sources/M/**.swift", "Sources/M/.swift", false),
    ("Sources/M/**.swift", "Sources/M/A.SWIFT", false),
    ("Sources/*.swift", "Sources/A.swift", true),
    ("Sources/*.swift", "Sources/sub/A.swift", false),
    ("*/A*.swift", "x/Abc.swift", true),
    ("*/A*.swift", "x/y/Abc.swift", false),
    ("**/A*/*.swift", "x/y/Ab/c.swift", true),
    ("a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
    ("Größe/*.swift", "Gro\u{308}ße/x.swift", true),
  ])
  func patternMatches(pattern: String, path: String, expected: Bool) throws {
    let pattern = try #require(PathPattern(pattern))
    #expect(pattern.matches(try #require(RelativePath(path))) == expected)
  }

  @Test func patternKnowsItsFolderAndEnding() throws {
    let pattern = try #require(PathPattern("Sources/BatchNorm/**.swift"))
    #expect(pattern.folder == ["Sources", "BatchNorm"])
    #expect(pattern.suffix == ".swift")
    #expect(PathPattern("*/x/*")?.folder == [])
  }

  @Test func requestTravelsAsText() throws {
    let one = try HandIn(parsing: "required a/b c.swift\npattern a/**.swift\n")
    let two = try HandIn(parsing: "required D.md\npattern a/**.swift\n")
    var limits = IntakeLimits()
    limits.entries = 7
    limits.keptFileBytes = .max
    let request = ReaderRequest([one, two], limits: limits)
    #expect(request.patterns.count == 1)
    #expect(ReaderRequest(text: request.text) == request)
  }

  /// A limit that did not travel would silently be the default in the reader.
  @Test func requestForgetsNoLimit() {
    let limits = IntakeLimits()
    let told = ReaderRequest([] as [HandIn], limits: limits).text.split(separator: "\n")
      .map { String($0.split(separator: " ")[1]) }
    let all = Mirror(reflecting: limits).children.compactMap(\.label)
    #expect(Set(told) == Set(all))
  }

  @Test(arguments: [
    "", "limit entries 5", "required a\nlimit entries -1", "required a\nlimit entries 1 2",
    "required a\nlimit nothing 1", "required /a",
  ])
  func requestThatIsNoneIsRefused(text: String) {
    #expect(ReaderRequest(text: text) == nil)
  }

  @Test(arguments: [
    ("a1/Sources/M/A.swift", CandidateFilter.Fit.place as CandidateFilter.Fit?),
    ("x/y/z/derivation.MD", .place), ("SOURCES/m/a.swift", .place), ("Sources/M/New.swift", .place),
    ("Tests/New.swift", .name), ("A.swift", .name), ("x.txt", nil), ("Sources/M", nil),
    ("a1/Sources/M/A (1).swift.txt", .place), ("x/Derivation copy.md", .place),
    ("a.swift.txt", .name), ("Sources/M/New.swift.txt", nil), ("Sources/M/A.txt", nil),
  ])
  func filterFindsWhatCouldBeMeant(path: String, fit: CandidateFilter.Fit?) throws {
    let handIn = try HandIn(
      parsing: "required Sources/M/A.swift\nrequired Derivation.md\npattern Sources/M/**.swift"
    )
    let filter = CandidateFilter(ReaderRequest([handIn], limits: IntakeLimits()))
    #expect(filter.fit(of: try #require(RelativePath(path))) == fit)
  }
}
