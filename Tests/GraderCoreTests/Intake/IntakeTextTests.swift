import GraderCore
import Testing

/// Facts, and the exact sentence that a student reads: what happened, to what, what to do.
@Suite struct IntakeTextTests {
  @Test(arguments: [
    (ReadFailure.empty, "The archive is empty: it has no content at all. " + packAgain),
    (
      .notAnArchive(.pdf, inside: .none),
      "The file is a PDF document, not an archive. Put it into your assignment folder, pack the "
        + "folder as .tar.gz or .zip, and upload that."
    ),
    (
      .notAnArchive(.rar, inside: .none),
      "The file is a RAR archive, which is not accepted. " + packAgain
    ),
    (
      .notAnArchive(.html, inside: .none),
      "The file is a web page, not an archive. It was probably saved from a browser; pack your "
        + "assignment folder as .tar.gz or .zip and upload that."
    ),
    (
      .notAnArchive(.unknown, inside: .none),
      "The file is not an archive of a kind that can be read. " + packAgain
    ),
    (
      .notAnArchive(.gzip, inside: .gzip),
      "Unpacked with gzip, the file is packed with gzip once more. " + packAgain
    ),
    (
      .truncated(during: ShownName("a1/Chain.swift")),
      "The archive is cut off: it ends in the middle of `a1/Chain.swift`. " + uploadAgain
    ),
    (.truncated(during: nil), "The archive is cut off before its end. " + uploadAgain),
    (
      .damaged(ShownName("crc"), during: ShownName("x")),
      "The archive is damaged at or after `x`. " + uploadAgain
    ),
    (.damaged(ShownName("crc"), during: nil), "The archive is damaged. " + uploadAgain),
    (.encrypted, "The archive is encrypted. Pack it again without a password."),
    (.limit(.packedBytes, maximum: 256 << 20), "The archive is larger than 256 MiB. " + leaveOut),
    (
      .limit(.streamedBytes, maximum: 2 << 30),
      "The archive unpacks to more than 2 GiB. " + leaveOut
    ),
    (.limit(.entries, maximum: 50_000), "The archive has more than 50,000 entries. " + leaveOut),
    (
      .limit(.ratio, maximum: 200),
      "The archive unpacks to more than 200 times its size. " + leaveOut
    ),
    (
      .limit(.candidateFiles, maximum: 512),
      "The archive has too many copies of the assignment. Pack the folder of one assignment only."
    ),
    (
      .limit(.memory, maximum: 0),
      "Reading the archive took too much memory. Pack your assignment folder again with `tar czf` "
        + "or `zip -r`."
    ),
  ])
  func unreadableArchive(failure: ReadFailure, sentence: String) {
    #expect(IntakeText.student(.unreadable(failure)) == sentence)
  }

  @Test(arguments: [
    (
      ArchiveEntry.Kind.symbolicLink,
      "`M/A.swift` is a symbolic link in the archive, not a file. Put the file itself there and "
        + "pack again."
    ),
    (
      .device,
      "`M/A.swift` is a device in the archive, not a file. Put the file itself there and pack "
        + "again."
    ),
    (.encrypted, "`M/A.swift` is encrypted. Pack again without a password."),
    (.damaged, "`M/A.swift` is damaged in the archive. " + uploadAgain),
    (
      .misnamed(ShownName("x\u{202E}")),
      "The zip calls `M/A.swift` also `x\\u{202E}`: its table of contents does not agree with its "
        + "entries. Pack again with an ordinary zip program."
    ),
  ])
  func unusableFile(kind: ArchiveEntry.Kind, sentence: String) throws {
    #expect(IntakeText.student(.unusable(try path("M/A.swift"), kind)) == sentence)
  }

  @Test func conflictingCopies() throws {
    let file = try path("M/A.swift")
    #expect(
      IntakeText.student(
        .conflictingCopies(file, places: [ShownName("y/M/A.swift"), ShownName("x/M/A.swift")])
      )
        == "The archive holds different files for `M/A.swift`: `x/M/A.swift` and `y/M/A.swift`. "
        + "Leave only the one that you mean, and pack again."
    )
    #expect(
      IntakeText.student(
        .conflictingCopies(file, places: [ShownName("M/A.swift"), ShownName("M/A.swift")])
      )
        == "The archive holds `M/A.swift` more than once, with different contents. Pack your "
        + "assignment folder again into a new archive."
    )
    #expect(
      IntakeText.student(.fileAndFolder(file))
        == "`M/A.swift` is a file and also a folder in the archive. Keep the file, remove the "
        + "folder, and pack again."
    )
  }

  @Test func tooMuch() throws {
    let file = try path("M/A.swift")
    let size = { IntakeProblem.limit(.keptFileBytes, maximum: 1 << 20, reached: $0, file) }
    #expect(
      IntakeText.student(size(5 << 19))
        == "`M/A.swift` has 2.5 MiB; a file may have at most 1 MiB. Make it smaller and pack again."
    )
    #expect(
      IntakeText.student(size(1 << 20 + 1))
        == "`M/A.swift` has 1,048,577 bytes; a file may have at most 1 MiB. Make it smaller and "
        + "pack again."
    )
    #expect(
      IntakeText.student(.limit(.keptFiles, maximum: 64, reached: 70, nil))
        == "The archive has 70 files of the assignment; at most 64 are accepted. Join helper files "
        + "and pack again."
    )
  }

  @Test(arguments: [
    (["Main.swift"], [], [], "Found: `Main.swift`. " + packAgain),
    (["a", "b", "c"], [], [], "Found: `a`, `b` and `c`. " + packAgain),
    (
      ["a"], ["submit.tar.gz"], [],
      "It holds another archive, `submit.tar.gz`, which is not opened: upload that."
    ),
    ([], [], ["/M/A.swift"], "Its names cannot be used, as `/M/A.swift`. " + packAgain),
    ([], [], [], "It holds no files. " + packAgain),
  ])
  func nothingListed(
    found: [String],
    nested: [String],
    unusable: [String],
    sentence: String
  ) throws {
    let contents = IntakeProblem.Contents(
      examples: found.map { ShownName($0) },
      entries: 9,
      nestedArchives: nested.map { ShownName($0) },
      unusableNames: unusable.map { ShownName($0) }
    )
    let expected = [
      IntakeProblem.Expectation(
        assignment: "a1",
        files: [try path("M/A.swift"), try path("M/B.swift")]
      ),
      IntakeProblem.Expectation(assignment: "a2", files: [try path("N/C.swift")]),
    ]
    #expect(
      IntakeText.student(.nothingListed(found: contents, expected: expected))
        == "No file that the assignment asks for is in the archive. Expected: a1 (`M/A.swift`, "
        + "`M/B.swift`) or a2 (`N/C.swift`). " + sentence
    )
  }

  @Test func doubtAboutTheAssignment() throws {
    let files = [try path("Notes.md")]
    let found = ["a1", "a3"].map { IntakeProblem.Expectation(assignment: $0, files: files) }
    let ambiguous =
      "The archive holds files of more than one assignment: a1 (`Notes.md`) and a3 (`Notes.md`). "
      + "Pack the folder of one assignment only."
    #expect(IntakeText.student(.ambiguous(found)) == ambiguous)
    #expect(IntakeText.staff(.ambiguous(found)) == ambiguous + " [or name it with --assignment]")
    #expect(
      IntakeText.student(.otherAssignment(chosen: "a1", found: ["a2", "a3"]))
        == "The archive holds files of a2 and a3, not of a1. Pack the folder of a1 and upload that."
    )
  }

  @Test(arguments: [
    (
      ReaderEnd.processorTime, "Reading the archive took too long. " + leaveOut,
      "Reading the archive took too long. " + leaveOut
    ),
    (.signalled(11), gaveUp, gaveUp + " [signal 11]"),
    (.exited(0), gaveUp, gaveUp + " [its answer was not understood]"),
  ])
  func readerThatStopped(end: ReaderEnd, student: String, staff: String) {
    #expect(IntakeText.student(.readerStopped(end)) == student)
    #expect(IntakeText.staff(.readerStopped(end)) == staff)
  }

  @Test func staffReadTheLibrarysWords() {
    let problem = IntakeProblem.unreadable(.damaged(ShownName("bad crc"), during: nil))
    #expect(IntakeText.staff(problem) == "The archive is damaged. " + uploadAgain + " [bad crc]")
  }

  /// A method that is not read is named, and is no damage.
  @Test(arguments: [
    (9, "Deflate64"), (12, "bzip2"), (14, "LZMA"), (93, "Zstandard"), (95, "xz"), (98, "PPMd"),
  ])
  func packingMethods(number: UInt64, name: String) throws {
    let method = try #require(PackingMethod(number: number))
    let text = IntakeText.student(.unusable(try path("A.swift"), .packed(method)))
    #expect(text.hasPrefix("`A.swift` is packed with \(name), which is not read. Pack your "))
    #expect(!text.contains("damaged"))
    #expect(PackingMethod(number: 0) == nil && PackingMethod(number: 8) == nil)
  }

  @Test func reportOfAnAcceptedArchive() throws {
    var report = IntakeReport()
    report.layout = ArchiveLayout(.zip, .none)
    report.totals.packedBytes = 1536
    report.totals.entries = 2100
    report.totals.streamedBytes = 1
    report.missing = [try path("Notes.md")]
    report.repaired = [
      .topFolder(ShownName("a1")), .placed(folder: ShownName("x"), into: ShownName("Sources/M")),
      .placed(folder: ShownName(""), into: ShownName("Sources/M")),
      .moved(from: ShownName("x/Notes.md"), to: try path("Notes.md")),
      .renamed(from: ShownName("m/a.swift"), to: try path("M/A.swift")), .macMetadata(count: 1),
      .macMetadata(count: 2000), .names(.codePage932, count: 2), .names(.backslashes, count: 1),
      .names(.decomposed, count: 1), .names(.escaped, count: 1),
      .wrongExtension(ShownName("s.tar.gz"), ArchiveLayout(.zip, .none)),
    ]
    report.notes = [
      .identicalCopies(try path("M/A.swift"), count: 2), .otherFolder(ShownName("old")),
      .notRepaired(try path("Notes.md"), places: [ShownName("x"), ShownName("y")]),
      .outdone([ShownName("a-1.swift")], by: ShownName("a-2.swift"), try path("a.swift")),
      .archive(.trailingData(bytes: 2048)), .archive(.endMarkerMissing),
      .archive(.warning(entry: ShownName("e"), text: ShownName("odd"))),
      .archive(.namesDisagree(directory: ShownName("d"), entry: ShownName("e"))),
      .archive(.overlappingEntries(count: 2)),
    ]
    for reason in [IgnoredReason.link, .buildFolder, .buildFolder, .macMetadata] {
      report.ignored[reason, default: IgnoredEntries()].add(ShownName("f"))
    }
    let student = [
      "Missing: `Notes.md`. What belongs there is not graded.",
      "Your files were found in the folder `a1`.",
      "The files in `x` were taken for those of `Sources/M`.",
      "Your files were taken for those of `Sources/M`: the folders above were not in the archive.",
      "`x/Notes.md` was taken for `Notes.md`.",
      "`m/a.swift` was read as `M/A.swift`: upper and lower case count.",
      "A file that macOS adds to archives was left out.",
      "2,000 files that macOS adds to archives were left out.",
      "2 names were decoded from CP932 (Windows, Japanese).",
      "One name was separated by backslashes, which were read as slashes.",
      "One name was written with separate accents, as macOS does; they count as the same.",
      "One name was in no known encoding; the bytes are shown as `%XX`.",
      "`s.tar.gz` is a .zip archive and was read as one; its name says otherwise.",
      "`M/A.swift` is in the archive 2 times, always the same.",
      "The folder `old` also holds files of this assignment; they were not used.",
      "`Notes.md` is missing; `x` and `y` could be meant, but they differ.",
      "Not used: `a-1.swift`. `a-2.swift` was taken for `a.swift`.",
      // Files are missing, and these may be where they are.
      "2 KiB follow the end of the archive and were not looked at: what is missing may be there, "
        + "as when two archives were joined. Pack everything into one archive again.",
      "The archive has no end, as one that was cut off: what is missing may have been there. "
        + uploadAgain,
      "Not used: 2 files left by a build, as `f`.", "Not used: 1 link, as `f`.",
    ]
    #expect(IntakeText.student(report) == student)
    let staff = [
      "2 KiB follow the end of the archive; they were not looked at.",
      "The tar has no closing blocks; it may have been cut off.", "`e`: odd.",
      "The zip's table of contents says `d` where the entry says `e`; not used.",
      "2 of the zip's entries begin inside another one.",
      ".zip, 1.5 KiB, 2,100 entries, 1 byte unpacked.",
    ]
    #expect(IntakeText.staff(report) == student + staff)
  }
}

private let packAgain = "Pack your assignment folder as .tar.gz or .zip and upload that."
private let uploadAgain = "Pack your assignment folder and upload it again."
private let leaveOut = "Leave out `.build`, data and other large files, and pack again."
private let gaveUp =
  "The archive could not be read: the program that reads archives gave up on it. Pack your "
  + "assignment folder again with `tar czf` or `zip -r`; if that fails too, tell the staff."
