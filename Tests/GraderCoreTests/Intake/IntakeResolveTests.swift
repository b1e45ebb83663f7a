import GraderCore
import Testing

/// The choice of assignment, folder and files, on listings written by hand.
@Suite struct IntakeResolveTests {
  @Test func filesAtTheTop() throws {
    let result = try resolve(["Sources/M/A.swift", "Sources/M/B.swift", "Notes.md"])
    #expect(result.kept == ["Notes.md", "Sources/M/A.swift", "Sources/M/B.swift"])
    #expect(result.report.repaired == [])
    #expect(result.report.missing == [])
  }

  @Test func orderInTheArchiveDoesNotMatter() throws {
    let one = try resolve(["Sources/M/B.swift", "Notes.md", "Sources/M/A.swift"])
    let other = try resolve(["Notes.md", "Sources/M/A.swift", "Sources/M/B.swift"])
    #expect(one.submission == other.submission)
  }

  @Test(arguments: ["a1", "course/a1", "x/y/z/a1", "課題"])
  func filesBelowTopFolders(top: String) throws {
    let result = try resolve(["\(top)/Sources/M/A.swift", "\(top)/Notes.md", "\(top)/README.md"])
    #expect(result.kept == ["Notes.md", "Sources/M/A.swift"])
    #expect(result.report.repaired == [.topFolder(ShownName(top))])
    #expect(result.report.missing.map(\.string) == ["Sources/M/B.swift"])
    #expect(result.report.ignored[.notListed]?.examples == [ShownName("\(top)/README.md")])
  }

  @Test func helperFilesComeAlong() throws {
    let result = try resolve(["a1/Sources/M/A.swift", "a1/Sources/M/deep/Helper.swift"])
    #expect(result.kept == ["Sources/M/A.swift", "Sources/M/deep/Helper.swift"])
  }

  @Test func looseFilesArePutInTheirFolder() throws {
    let result = try resolve(["A.swift", "B.swift", "Helper.swift", "Notes.md"])
    #expect(
      result.kept == [
        "Notes.md", "Sources/M/A.swift", "Sources/M/B.swift", "Sources/M/Helper.swift",
      ]
    )
    #expect(
      result.report.repaired.contains(.placed(folder: ShownName(""), into: ShownName("Sources/M")))
    )
  }

  @Test func oneStrayFileIsMoved() throws {
    let result = try resolve(["a1/Sources/M/A.swift", "a1/Sources/M/B.swift", "doc/Notes.md"])
    #expect(result.kept == ["Notes.md", "Sources/M/A.swift", "Sources/M/B.swift"])
    let to = try path("Notes.md")
    #expect(result.report.repaired.last == .moved(from: ShownName("doc/Notes.md"), to: to))
  }

  @Test func strayFilesThatDifferAreNotGuessed() throws {
    let result = try resolve([
      "a1/Sources/M/A.swift": "a", "x/Notes.md": "one", "y/Notes.md": "two",
    ])
    #expect(result.kept == ["Sources/M/A.swift"])
    #expect(
      result.report.notes == [
        .notRepaired(
          try path("Notes.md"),
          places: [ShownName("x/Notes.md"), ShownName("y/Notes.md")]
        )
      ]
    )
  }

  @Test func strayFilesThatAreTheSameAreOne() throws {
    let result = try resolve([
      "a1/Sources/M/A.swift": "a", "x/Notes.md": "one", "y/Notes.md": "one",
    ])
    #expect(result.kept == ["Notes.md", "Sources/M/A.swift"])
    #expect(result.report.notes == [.identicalCopies(try path("Notes.md"), count: 2)])
  }

  @Test func misplacedHelperThatIsRequiredElsewhere() throws {
    let result = try resolve(["Sources/M/A.swift", "Sources/M/sub/B.swift"])
    #expect(result.kept == ["Sources/M/A.swift", "Sources/M/B.swift"])
  }

  @Test(arguments: ["Sources/M/a.swift", "sources/m/A.swift"])
  func upperAndLowerCaseAreRepaired(name: String) throws {
    let result = try resolve([name, "Sources/M/B.swift"])
    #expect(result.kept == ["Sources/M/A.swift", "Sources/M/B.swift"])
    let to = try path("Sources/M/A.swift")
    #expect(result.report.repaired == [.renamed(from: ShownName(name), to: to)])
  }

  @Test func exactNameWinsOverOtherCase() throws {
    let result = try resolve(["Sources/M/A.swift": "right", "Sources/M/a.swift": "helper"])
    #expect(result.kept == ["Sources/M/A.swift", "Sources/M/a.swift"])
    #expect(result.submission?.files.first?.content == Array("right".utf8))
  }

  @Test func shallowestFolderWins() throws {
    let result = try resolve([
      "a1/Sources/M/A.swift": "new", "a1/old/Sources/M/A.swift": "old",
      "a1/old/Sources/M/B.swift": "old",
    ])
    #expect(result.submission?.files.first?.content == Array("new".utf8))
    #expect(result.report.notes == [.otherFolder(ShownName("a1/old"))])
    #expect(result.report.ignored[.otherCopy]?.count == 1)
  }

  @Test func twoFoldersBesideEachOtherConflict() throws {
    let result = try resolve(["a1/Sources/M/A.swift": "one", "a1 copy/Sources/M/A.swift": "two"])
    let places = [ShownName("a1/Sources/M/A.swift"), ShownName("a1 copy/Sources/M/A.swift")]
    #expect(result.problem == .conflictingCopies(try path("Sources/M/A.swift"), places: places))
  }

  @Test func twoFoldersWithTheSameContentDoNot() throws {
    let result = try resolve(["a1/Sources/M/A.swift": "one", "a1 copy/Sources/M/A.swift": "one"])
    #expect(result.kept == ["Sources/M/A.swift"])
  }

  @Test func linkAtAListedPathOfTheChosenFolderIsRefused() throws {
    var listing = try listing(["Sources/M/A.swift"])
    listing.candidates.append(
      ArchiveEntry(path: try path("Sources/M/L.swift"), kind: .symbolicLink)
    )
    let result = GraderCore.resolve(listing, assignments: try course())
    #expect(result.problem == .unusable(try path("Sources/M/L.swift"), .symbolicLink))
  }

  @Test func linkElsewhereIsCounted() throws {
    var listing = try listing(["Sources/M/A.swift"])
    listing.candidates.append(ArchiveEntry(path: try path("x/Notes.md"), kind: .symbolicLink))
    let result = GraderCore.resolve(listing, assignments: try course())
    #expect(result.kept == ["Sources/M/A.swift"])
    #expect(result.report.ignored.mapValues(\.count) == [.link: 1])
  }

  @Test func failureOfTheReaderIsTheVerdict() throws {
    var listing = try listing(["Sources/M/A.swift"])
    listing.failure = .truncated(during: nil)
    let result = GraderCore.resolve(listing, assignments: try course())
    #expect(result.problem == .unreadable(.truncated(during: nil)))
  }

  @Test func nothingThatIsListed() throws {
    let result = try resolve(["x/Other.swift", "Main.swift"])
    let found = IntakeProblem.Contents(
      examples: [ShownName("Main.swift"), ShownName("x/Other.swift")],
      entries: 2,
      nestedArchives: [],
      unusableNames: []
    )
    let files = [try path("Sources/M/A.swift"), try path("Sources/M/B.swift")]
    let expected = [
      IntakeProblem.Expectation(assignment: "a1", files: files),
      IntakeProblem.Expectation(
        assignment: "a2",
        files: [try path("Sources/N/A.swift"), try path("Answers.md")]
      ),
      IntakeProblem.Expectation(
        assignment: "a3",
        files: [try path("Sources/O/C.swift"), try path("Notes.md")]
      ),
    ]
    #expect(result.problem == .nothingListed(found: found, expected: expected))
  }

  // MARK: Which assignment

  @Test func sharedNameBesideSourcesIsNoDoubt() throws {
    #expect(try resolve(["Sources/M/A.swift", "Notes.md"]).submission?.assignment == "a1")
    #expect(try resolve(["Sources/O/C.swift", "Notes.md"]).submission?.assignment == "a3")
    #expect(try resolve(["A.swift", "B.swift"]).submission?.assignment == "a1")
  }

  @Test func sharedNameAloneIsAmbiguous() throws {
    let result = try resolve(["a/Notes.md"])
    let files = [try path("Notes.md")]
    #expect(
      result.problem
        == .ambiguous([
          IntakeProblem.Expectation(assignment: "a1", files: files),
          IntakeProblem.Expectation(assignment: "a3", files: files),
        ])
    )
    #expect(try resolve(["a/Notes.md"], chosen: "a3").kept == ["Notes.md"])
  }

  @Test func wholeCourseFolderIsAmbiguous() throws {
    let result = try resolve(Self.wholeFolder)
    guard case .ambiguous(let found) = result.problem else {
      return #expect(Bool(false), "\(result)")
    }
    #expect(found.map(\.assignment) == ["a1", "a2", "a3"])
  }

  @Test func wholeCourseFolderWithOneAssignmentWorkedOn() throws {
    let assignments = try course().map { assignment in
      let files = assignment.handIn.required.map { ($0, Array(Files.content.utf8)) }
      return IntakeAssignment(
        id: assignment.id,
        handIn: assignment.handIn,
        handout: Dictionary(uniqueKeysWithValues: files)
      )
    }
    var files = Self.wholeFolder
    files["assignments/a3/Sources/O/C.swift"] = "mine"
    let result = GraderCore.resolve(try listing(files), assignments: assignments)
    #expect(result.submission?.assignment == "a3")
    #expect(result.report.repaired == [.topFolder(ShownName("assignments/a3"))])
    #expect(result.report.ignored[.otherAssignment]?.count == 3)
  }

  @Test func wholeCourseFolderWithAChoice() throws {
    let result = try resolve(Self.wholeFolder, chosen: "a1")
    #expect(result.kept == ["Sources/M/A.swift", "Sources/M/B.swift"])
    // The Notes.md in the folder of a3 is not taken for that of a1.
    #expect(result.report.missing.map(\.string) == ["Notes.md"])
  }

  @Test func choiceAgainstTheContent() throws {
    let result = try resolve(["Sources/O/C.swift", "Notes.md"], chosen: "a1")
    #expect(result.problem == .otherAssignment(chosen: "a1", found: ["a3"]))
  }

  private static let wholeFolder: Files = [
    "assignments/a1/Sources/M/A.swift", "assignments/a1/Sources/M/B.swift",
    "assignments/a2/Sources/N/A.swift", "assignments/a3/Sources/O/C.swift",
    "assignments/a3/Notes.md",
  ]
}
