import GraderCore
import Testing

/// Files under names that are near the listed ones: which is taken, and what is told of the others.
@Suite struct IntakeNearNamesTests {
  private static let near = [
    "A.swift.txt", "A (1).swift", "a.swift", "A copy.swift", "A-1.swift", "A_v2.swift",
    "A.swift.swift", "A - コピー.swift", "A.swift (2)", "Copy of A.swift", "A .swift",
  ]
  private static let tops = ["Sources/M/", "a1/Sources/M/", "", "course/a1/sources/m/"]

  /// `Sources/M/A.swift` and `B.swift` with what the handout declares in them.
  private func resolve(_ files: Files) throws -> IntakeResult {
    let handout = try ["A", "B"].map { name in
      (try path("Sources/M/\(name).swift"), Array(code(name).utf8))
    }
    let assignments = try course().map {
      IntakeAssignment(
        id: $0.id,
        handIn: $0.handIn,
        handout: $0.id == "a1" ? Dictionary(uniqueKeysWithValues: handout) : [:]
      )
    }
    return GraderCore.resolve(try listing(files), assignments: assignments, chosen: "a1")
  }

  /// Both functions of a part.
  private func code(_ part: String, _ body: String = "") -> String {
    "// func other()\npublic func \(part.lowercased())One() {\(body)}\n"
      + "public func \(part.lowercased())Two() {}\n"
  }

  private func content(_ result: IntakeResult, _ file: String = "Sources/M/A.swift") -> String? {
    result.submission?.files.first { $0.path.string == file }
      .map { String(decoding: $0.content, as: UTF8.self) }
  }

  /// Nothing of an archive is lost silently: what is not graded is told by its name.
  private func told(_ result: IntakeResult) -> String {
    IntakeText.student(result.report).joined(separator: "\n")
  }

  @Test(arguments: near, tops)
  func nearNameIsRepairedAndTold(name: String, top: String) throws {
    let result = try resolve([top + name: code("A"), top + "B.swift": code("B")])
    #expect(result.kept == ["Sources/M/A.swift", "Sources/M/B.swift"])
    #expect(content(result) == code("A"))
    #expect(result.report.missing.map(\.string) == ["Notes.md"])
    #expect(told(result).contains("`\(top)\(name)` was read as `Sources/M/A.swift`: "))
  }

  @Test(arguments: near)
  func exactNameWinsAndTheCopyIsNotCompiled(name: String) throws {
    let result = try resolve([
      "Sources/M/\(name)": code("A", "copy"), "Sources/M/A.swift": code("A", "mine"),
    ])
    #expect(result.kept == ["Sources/M/A.swift"])
    #expect(content(result) == code("A", "mine"))
    #expect(
      result.report.notes == [
        .outdone(
          [ShownName("Sources/M/\(name)")],
          by: ShownName("Sources/M/A.swift"),
          try path("Sources/M/A.swift")
        )
      ]
    )
    #expect(result.report.ignored.mapValues(\.count) == [.otherCopy: 1])
  }

  /// Each before all that follow: no copy before copies, later copies before earlier ones.
  @Test func theLaterCopyWins() throws {
    let order = [
      "A.swift", "A.swift.txt", "a.swift.txt", "A (11).swift", "A-9.swift", "A copy 3.swift",
      "A - Copy (2).swift", "A copy.swift",
    ]
    for winner in order.indices {
      for loser in order.indices where loser > winner {
        let result = try resolve([
          "Sources/M/\(order[loser])": code("A", "loser"),
          "Sources/M/\(order[winner])": code("A", "winner"),
        ])
        #expect(content(result) == code("A", "winner"), "\(order[winner]), \(order[loser])")
        #expect(result.kept == ["Sources/M/A.swift"])
        #expect(told(result).contains("Not used: `Sources/M/\(order[loser])`. "))
      }
    }
  }

  @Test func copiesOfOneRankThatDifferAreNotGuessed() throws {
    let result = try resolve([
      "Sources/M/A (1).swift": code("A", "one"), "Sources/M/A-1.swift": code("A", "two"),
      "Sources/M/B.swift": code("B"),
    ])
    #expect(result.kept == ["Sources/M/B.swift"])
    #expect(result.report.missing.map(\.string) == ["Sources/M/A.swift", "Notes.md"])
    #expect(
      told(result).contains(
        "`Sources/M/A.swift` is missing; `Sources/M/A (1).swift` and `Sources/M/A-1.swift` could "
          + "be meant, but they differ."
      )
    )
  }

  @Test func copiesOfOneRankThatAreTheSameAreOne() throws {
    let result = try resolve([
      "Sources/M/A (1).swift": code("A"), "Sources/M/A-1.swift": code("A"),
    ])
    #expect(result.kept == ["Sources/M/A.swift"])
    #expect(
      result.report.notes == [.identicalCopies(try path("Sources/M/A.swift"), count: 2)]
    )
  }

  /// Only the name counts as a copy's: nothing in it is the part's.
  @Test(arguments: [true, false], ["A-2.swift", "A (1).swift", "sub/A.swift"])
  func helperIsNoCopy(isPartThere: Bool, name: String) throws {
    var files: Files = ["Sources/M/B.swift": code("B")]
    files["Sources/M/\(name)"] = "func helper() {} // func aOne()"
    if isPartThere { files["Sources/M/A.swift"] = code("A") }
    let result = try resolve(files)
    let isMoved = name == "sub/A.swift" && !isPartThere
    #expect(result.kept?.contains("Sources/M/\(name)") == !isMoved)
    #expect(
      result.report.missing.map(\.string)
        == (isPartThere || isMoved ? [] : ["Sources/M/A.swift"]) + ["Notes.md"]
    )
    if !isPartThere, !isMoved {
      #expect(
        told(result).contains(
          "`Sources/M/A.swift` is missing; `Sources/M/\(name)` declares none of its functions and "
            + "was taken for a helper file."
        )
      )
    }
  }

  /// Half of a part beside the other half is no copy of it.
  @Test func partInTwoFilesStaysWhole() throws {
    let result = try resolve([
      "Sources/M/A.swift": "public func aOne() {}", "Sources/M/A-2.swift": "public func aTwo() {}",
    ])
    #expect(result.kept == ["Sources/M/A-2.swift", "Sources/M/A.swift"])
  }

  @Test func copyInAFolderBelowIsNotCompiled() throws {
    let result = try resolve([
      "Sources/M/A.swift": code("A"), "Sources/M/old/A (1).swift": code("A", "old"),
      "Sources/M/old/Helper.swift": "func helper() {}",
    ])
    #expect(result.kept == ["Sources/M/A.swift", "Sources/M/old/Helper.swift"])
    #expect(told(result).contains("Not used: `Sources/M/old/A (1).swift`. "))
  }

  @Test(arguments: ["Notes (1).md", "Notes.md.txt", "notes copy.MD", "doc/Notes-3.md"])
  func writtenAnswersToo(name: String) throws {
    let result = try resolve([name: "words", "Sources/M/A.swift": code("A")])
    #expect(content(result, "Notes.md") == "words")
    let both = try resolve([
      name: "other words", "Notes.md": "words", "Sources/M/A.swift": code("A"),
    ])
    #expect(content(both, "Notes.md") == "words")
  }

  /// A folder's name is nobody's file.
  @Test func folderOfThatName() throws {
    let result = try resolve([
      "Sources/M/A (1).swift/x.swift": code("X"), "Sources/M/A.swift.txt/B (1).swift": code("B"),
    ])
    #expect(result.kept == ["Sources/M/A (1).swift/x.swift", "Sources/M/B.swift"])
    #expect(result.report.missing.map(\.string) == ["Sources/M/A.swift", "Notes.md"])
  }

  @Test func linkUnderACopysNameIsNoObstacle() throws {
    var listing = try listing(["Sources/M/A.swift": code("A")])
    listing.candidates.append(
      ArchiveEntry(path: try path("Sources/M/A (1).swift.txt"), kind: .symbolicLink)
    )
    let result = GraderCore.resolve(listing, assignments: try course())
    #expect(result.kept == ["Sources/M/A.swift"])
    #expect(told(result).contains("Not used: `Sources/M/A (1).swift.txt`. "))
  }

  /// The one that would be taken is a link: as under its own name, that is for the student to mend.
  @Test func linkThatIsMeantIsRefused() throws {
    var listing = try listing(["Sources/M/B.swift": code("B")])
    listing.candidates.append(
      ArchiveEntry(path: try path("Sources/M/A (1).swift"), kind: .symbolicLink)
    )
    let result = GraderCore.resolve(listing, assignments: try course())
    #expect(result.problem == .unusable(try path("Sources/M/A.swift"), .symbolicLink))
  }

  /// The nearest of two listed names is meant, whichever is missing.
  @Test func listedNameThatLooksLikeACopy() throws {
    let handIn = try HandIn(
      parsing: "required S/L.swift\nrequired S/L-2.swift\npattern S/**.swift"
    )
    let assignment = IntakeAssignment(id: "x", handIn: handIn)
    func kept(_ files: Files) throws -> [String]? {
      GraderCore.resolve(try listing(files), assignments: [assignment]).kept
    }
    #expect(try kept(["S/L-2.swift"]) == ["S/L-2.swift"])
    #expect(try kept(["S/L-2 (1).swift"]) == ["S/L-2.swift"])
    #expect(try kept(["S/L-2 (1).swift", "S/L.swift"]) == ["S/L-2.swift", "S/L.swift"])
    #expect(try kept(["S/L-2.swift", "S/L-3.swift"]) == ["S/L-2.swift", "S/L.swift"])
  }

  /// The same files in any order are the same submission and the same words.
  @Test func orderInTheArchiveDoesNotMatter() throws {
    var names = Self.near.map { "Sources/M/\($0)" } + ["Sources/M/B.swift", "x/B (1).swift"]
    var results: [IntakeResult] = []
    for _ in names {
      names.append(names.removeFirst())
      var files: Files = [:]
      for name in names { files[name] = code("A", name) }
      results.append(try resolve(files))
    }
    #expect(Set(results.map { "\($0.submission.map { "\($0)" } ?? "")" }).count == 1)
    #expect(Set(results.map(\.report.missing)).count == 1)
  }

  @Test func unusableNameIsToldWhereSomethingIsMissing() throws {
    var listing = try listing(["Sources/M/A.swift", "Sources/M/B.swift"])
    var unusable = IgnoredEntries()
    unusable.add(ShownName("Notes\u{202E}.md"))
    listing.ignored[.unusableName] = unusable
    let result = GraderCore.resolve(listing, assignments: try course())
    #expect(result.report.notes == [.unusableNames(unusable)])
    #expect(
      told(result).contains(
        "Not used: 1 with a name that cannot be used, as `Notes\\u{202E}.md`. Give it a plain name "
          + "and pack again."
      )
    )
  }

  @Test func manyLosersAreCounted() throws {
    var files: Files = ["Sources/M/A.swift": code("A")]
    for number in 1...5 { files["Sources/M/A (\(number)).swift"] = code("A", "\(number)") }
    #expect(
      told(try resolve(files)).contains(
        "Not used: `Sources/M/A (1).swift`, `Sources/M/A (2).swift`, `Sources/M/A (3).swift` and 2 "
          + "more. `Sources/M/A.swift` has the name that is asked for."
      )
    )
  }
}
