import Foundation
import GraderRuntime
import Testing

/// Each handout of the course follows from its solution.
@Suite struct CourseHandoutTests {
  private static let course = try? Course(root: Fixture.repository, origin: "the test")

  @Test(arguments: course?.assignmentIDs ?? [])
  func stubsAreTheSolutionWithoutItsMarkedRegions(id: String) throws {
    let course = try #require(Self.course)
    try Handout(id, of: course).check()
  }

  @Test(arguments: course?.assignmentIDs ?? [])
  func noSlipTellsTheSolution(id: String) throws {
    let course = try #require(Self.course)
    let told = try Handout(id, of: course).tellingSlips()
    #expect(told.isEmpty, "\(told.joined(separator: "\n"))")
  }

  @Test func theCourseHasAssignments() {
    #expect(Self.course?.assignmentIDs.contains("a1-batch-norm") == true)
  }
}

@Suite struct HandoutTests {
  private let fixture: Fixture

  init() throws { fixture = try Fixture() }

  private func handout() throws -> Handout {
    try Handout("a1", of: try Course(root: fixture.root, origin: "the test"))
  }

  /// The message of the fault, which is the course's author's.
  private func fault(_ body: () throws -> Void) -> String? {
    let fault = #expect(throws: GraderFault.self) { try body() }
    #expect(fault?.kind == .broken)
    return fault?.what
  }

  @Test func holdsCourseKitAndTheAssignment() throws {
    let contents = try handout().contents()
    #expect(
      contents.files.keys.sorted() == [
        "CourseKit/.gitignore", "CourseKit/Sources/CourseKit.swift", "a1/Answers.md",
        "a1/Package.swift", "a1/Sources/Module/A.swift", "a1/handin.txt", "a1/run.sh",
      ]
    )
  }

  @Test func leavesOutWhatWorkLeavesBehind() throws {
    for name in [".build/a.o", ".DS_Store", ".swiftpm/x", ".Handin.swp"] {
      try fixture.write("x", to: "assignments/a1/\(name)")
    }
    let left = ["submit.tar.gz", "Package.resolved", "old.zip", "A.swift.orig", "A.swift~"]
    for name in left { try fixture.write("x", to: "assignments/a1/\(name)") }
    let contents = try handout().contents()
    #expect(contents.files.count == 7)
    #expect(contents.leftOut == left.map { "a1/\($0)" }.sorted())
  }

  /// Numbers that students have may stand in a slip's words, those of the solution may not.
  @Test func slipsThatTellTheSolutionAreNamed() throws {
    try fixture.write("Both 7 and 42.\n", to: "assignments/a1/Answers.md")
    try fixture.write(
      """
      - { id: told, slip: 'the question is not divided by 2', file: Sources/Module/A.swift,
          replace: question / 2, with: question, expect: [t] }
      - { id: quoted, slip: 'question/2 is missing', file: Sources/Module/A.swift,
          replace: question / 2, with: '0', expect: [t] }
      - { id: other, slip: 'it is 8', file: Sources/Module/A.swift,
          replace: question / 2, with: question, expect: [t] }
      - { id: fine, slip: 'a factor of step 2 is off for 42', file: Sources/Module/A.swift,
          replace: question / 2, with: question, expect: [t] }
      """,
      to: "reference/a1/Mutants/mutants.yaml"
    )
    let told = try handout().tellingSlips()
    #expect(told.count == 3)
    #expect(
      told.first == """
        The words of the planted mistake told, "the question is not divided by 2", tell the \
        solution by `2`. Say what kind of thing is off and where to read, such as "the power does \
        not follow from equation (3)".
        """
    )
    #expect(told.dropFirst().first?.contains("quoted") == true)
    #expect(told.dropFirst().first?.contains("by `question/2`.") == true)
    #expect(told.last?.contains("by `8`.") == true)
  }

  @Test func aChangedStubIsShownAsADifference() throws {
    try fixture.write(Fixture.stub + "// more\n", to: "assignments/a1/Sources/Module/A.swift")
    #expect(
      fault { _ = try handout().contents() } == """
        The handout is not the solution without its marked regions (-: handout, +: solution).
        assignments/a1/Sources/Module/A.swift:4
        - // more
        """
    )
  }

  @Test func updateMakesTheStubsFollow() throws {
    let path = "assignments/a1/Sources/Module/A.swift"
    try FileManager.default.removeItem(atPath: "\(fixture.root)/\(path)")
    try fixture.write("old", to: "assignments/a1/Answers.md")
    #expect(try handout().update() == ["assignments/a1/Answers.md", path])
    #expect(try fixture.read(path) == Fixture.stub)
    #expect(try handout().update() == [])
    try handout().check()
  }

  @Test func aPartMustMarkItsSolution() throws {
    try fixture.write(Fixture.stub, to: "reference/a1/Solution/Sources/Module/A.swift")
    #expect(
      fault { try handout().check() }
        == "reference/a1/Solution/Sources/Module/A.swift marks nothing as the solution."
    )
  }

  @Test func badMarkersAreNamedByLine() throws {
    try fixture.write("a\n// Solution\n", to: "reference/a1/Solution/Sources/Module/A.swift")
    #expect(
      fault { try handout().check() }
        == "reference/a1/Solution/Sources/Module/A.swift:2: `// Solution` is not a marker; "
        + "write `// solution`"
    )
  }

  @Test(arguments: [
    ("reference/a1/Solution/Sources/Module/A.swift", "// mine\n\(Fixture.answer)"),
    ("reference/a1/HiddenTests/T.swift", Fixture.hidden),
  ])
  func aSolutionInTheHandoutStopsIt(secret: String, text: String) throws {
    try fixture.write(text, to: "assignments/CourseKit/Notes.txt")
    #expect(
      fault { _ = try handout().contents() }
        == "assignments/CourseKit/Notes.txt holds all of \(secret)."
    )
  }

  @Test func aLinkToTheHandoutIsNoSecret() throws {
    try fixture.write(
      "first line of the data\nsecond line of the data\n",
      to: "assignments/a1/D.txt"
    )
    for (name, target) in [("Handout", ""), ("HiddenTests/D.txt", "/D.txt")] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(fixture.root)/reference/a1/\(name)",
        withDestinationPath: "\(fixture.root)/assignments/a1\(target)"
      )
    }
    #expect(try handout().contents().files["a1/D.txt"] != nil)
  }

  @Test func aLinkInTheHandoutStopsIt() throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(fixture.root)/assignments/a1/Extra",
      withDestinationPath: "../../reference/a1/Solution"
    )
    let what = fault { _ = try handout().contents() }
    #expect(
      what?.hasSuffix("a1/Extra cannot be handed out: it is a link, or has a strange name.") == true
    )
  }

  @Test func theArchiveHasTheSameBytesWhenDatesAndRightsDiffer() throws {
    let first = try handout().contents().zipped()
    let other = try Fixture()
    for (path, rights) in [("handin.txt", 0o600), ("run.sh", 0o700)] {
      try FileManager.default.setAttributes(
        [.posixPermissions: rights, .modificationDate: Date(timeIntervalSince1970: 1_000_000_000)],
        ofItemAtPath: "\(other.root)/assignments/a1/\(path)"
      )
    }
    let course = try Course(root: other.root, origin: "the test")
    #expect(try Handout("a1", of: course).contents().zipped() == first)
    try other.write("required Sources/Module/A.swift\n", to: "assignments/a1/handin.txt")
    #expect(try Handout("a1", of: course).contents().zipped() != first)
  }
}
