import ClassCore
import Foundation
import Gradebook
import GraderCore
import Testing

/// A gradebook in a folder of its own.
struct Shelf: ~Copyable {
  let folder: URL
  let book: Gradebook

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    book = try Gradebook(path: folder.appending(path: "book.sqlite").path)
  }

  var path: String { folder.appending(path: "book.sqlite").path }

  /// Tells whether another program can do this with the file.
  func accepts(_ sql: String) throws -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let script = """
      import sqlite3, sys
      book = sqlite3.connect(sys.argv[1])
      book.execute("PRAGMA foreign_keys = ON")
      try:
        with book: book.execute(sys.argv[2])
      except sqlite3.IntegrityError: sys.exit(3)
      """
    process.arguments = ["python3", "-c", script, path, sql]
    try process.run()
    process.waitUntilExit()
    try #require([0, 3].contains(process.terminationStatus), "the statement itself is wrong")
    return process.terminationStatus == 0
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}

extension Attempt {
  static func of(_ student: String, number: Int = 1, counts: Bool = true) -> Attempt {
    var attempt = Attempt(
      students: [student],
      originalName: "\(student).zip",
      path: "/in/\(student).zip",
      number: number
    )
    attempt.id = "\(student)/\(number)"
    attempt.slug = number == 1 ? student : "\(student)-\(number)"
    attempt.counts = counts
    return attempt
  }
}

extension Grade {
  static func of(_ name: String, score: Int, seed: String? = "7") -> Grade {
    Grade(
      assignment: "a",
      submission: SubmissionRecord(
        name: name,
        archiveDigest: "sha256:\(name)",
        digest: "sha256:files"
      ),
      status: .graded,
      score: Points(hundredths: score),
      maxScore: Points(hundredths: 1000),
      pendingPoints: .zero,
      message: "",
      tests: [],
      intake: .nothing,
      build: BuildRecord(status: .built, parts: [], diagnostics: ""),
      provenance: Provenance(
        grader: "1",
        suiteDigest: "sha256:suite",
        toolchain: "Swift",
        seed: seed,
        limits: GradingLimits(),
        jail: .init(level: "L3", enforced: []),
        replay: "grader \(name) --seed 7",
        gradedAt: "2026-01-01T00:00:00Z"
      )
    )
  }
}

@Suite struct GradebookTests {
  /// A reason goes into tables that are handed on; earlier ones held all that a judge had said.
  @Test func detailsOfEarlierReasonsAreSetApart() throws {
    let shelf = try Shelf()
    _ = try shelf.book.register(students: [], attempts: [.of("ann")])
    try shelf.book.close()
    let old = """
      ALTER TABLE withheld DROP COLUMN detail;
      DELETE FROM grdb_migrations WHERE identifier LIKE '2:%';
      INSERT INTO withheld VALUES ('ann/1', 70, 'Nothing told: x' || char(10) || '0.25', '2026');
      """
    for statement in old.split(separator: ";\n") { try #require(try shelf.accepts("\(statement)")) }
    let book = try Gradebook(path: shelf.path)
    #expect(try book.results().map(\.withheld) == ["Nothing told: x"])
    try book.withhold("ann/1", kind: 70, reason: "Nothing told.", detail: "0.5")
    #expect(try book.results().map(\.withheld) == ["Nothing told."])
    try book.close()
    // A setting must have a name.
    let isThere = "EXISTS (SELECT 1 FROM withheld WHERE detail = '0.5')"
    #expect(try shelf.accepts("INSERT INTO setting SELECT NULL, '' WHERE NOT \(isThere)"))
  }

  @Test func lastAwardCountsAndEarlierOnesStay() throws {
    let shelf = try Shelf()
    _ = try shelf.book.register(students: [], attempts: [.of("ann")])
    try shelf.book.award(.of("ann.zip", score: 300), key: "k1", to: "ann/1", because: .batch)
    try shelf.book.award(.of("ann.zip", score: 500), key: "k2", to: "ann/1", because: .regrade)
    #expect(try shelf.book.grade(of: "ann/1")?.score == Points(hundredths: 500))
    #expect(try shelf.book.standings()["ann/1"]?.key == "k2")
    #expect(try shelf.book.grade(key: "k1")?.grade.score == Points(hundredths: 300))
  }

  /// Graders cut what they say: a row without end is a fault of ours, and nobody's grade.
  @Test func aGradeWithoutEndIsNotKept() throws {
    let shelf = try Shelf()
    _ = try shelf.book.register(students: [], attempts: [.of("ann")])
    var grade = Grade.of("ann.zip", score: 300)
    grade.message = String(repeating: "x", count: Grade.mostBytes)
    #expect(throws: Gradebook.TooLong.self) {
      try shelf.book.award(grade, key: "k", to: "ann/1", because: .batch)
    }
    #expect(try shelf.book.grade(of: "ann/1") == nil)
    try shelf.book.award(grade.capped, key: "k", to: "ann/1", because: .batch)
    #expect(try shelf.book.grade(of: "ann/1")?.score == Points(hundredths: 300))
  }

  @Test(arguments: [
    "UPDATE grade SET score = 1000", "DELETE FROM grade", "UPDATE award SET grade = 1",
    "DELETE FROM award", "UPDATE mark SET points = 0", "DELETE FROM mark",
  ])
  func historyCannotBeChanged(sql: String) throws {
    let shelf = try Shelf()
    _ = try shelf.book.register(students: [], attempts: [.of("ann")])
    try shelf.book.award(.of("ann.zip", score: 300), key: "k", to: "ann/1", because: .batch)
    try shelf.book.add([Mark(submission: "sha256:files", item: "i", marker: "m", score: 5)])
    #expect(try !shelf.accepts(sql))
  }

  @Test(arguments: [
    "INSERT INTO grade VALUES (9, 'k', NULL, NULL, NULL, 'graded', -1, 1, 0, '', '{}')",
    "INSERT INTO grade VALUES (9, 'k', NULL, NULL, NULL, 'splendid', 1, 1, 0, '', '{}')",
    "INSERT INTO grade VALUES (9, 'k', NULL, NULL, NULL, 'graded', 1, 1, 0, '', '{')",
    "INSERT INTO award VALUES (9, 'nobody', 1, 'k', 'batch', '{}', '')",
    "INSERT INTO withheld VALUES ('ann/1', 64, '', '', '')",
    "INSERT INTO mark VALUES (9, 'sha256:x', 'i', 'm', -5, '', '')",
  ])
  func nonsenseIsRefused(sql: String) throws {
    let shelf = try Shelf()
    _ = try shelf.book.register(students: [], attempts: [.of("ann")])
    #expect(try !shelf.accepts(sql))
  }

  /// Else the refusals above would prove nothing.
  @Test func senseIsAccepted() throws {
    let shelf = try Shelf()
    _ = try shelf.book.register(students: [], attempts: [.of("ann")])
    #expect(
      try shelf.accepts(
        "INSERT INTO grade VALUES (9, 'k', NULL, NULL, NULL, 'graded', 1, 1, 0, '', '{}')"
      )
    )
    #expect(try shelf.accepts("INSERT INTO award VALUES (9, 'ann/1', 9, 'k', 'batch', '{}', '')"))
    #expect(try shelf.accepts("INSERT INTO withheld VALUES ('ann/1', 70, '', '', '')"))
    #expect(try shelf.accepts("INSERT INTO mark VALUES (9, 'sha256:x', 'i', 'm', 5, '', '')"))
  }

  @Test func sharedGradeNamesItsOwnArchiveOnly() throws {
    let shelf = try Shelf()
    _ = try shelf.book.register(students: [], attempts: [.of("ann"), .of("bob")])
    let ann = Grade.of("ann.zip", score: 300)
    let id = try shelf.book.award(ann, key: "k", to: "ann/1", because: .batch)
    let bob = ann.handedIn(
      as: ArchiveFacts(submission: Grade.of("bob.zip", score: 0).submission, intake: .nothing)
    )
    try shelf.book.award(id, as: bob, key: "k", to: "bob/1", because: .batch)
    #expect(try shelf.book.grade(of: "ann/1") == ann)
    let read = try #require(try shelf.book.grade(of: "bob/1"))
    #expect(read.score == ann.score)
    #expect(read.submission.name == "bob.zip")
    #expect(read.provenance.replay == "grader bob.zip --seed 7")
  }

  @Test func withheldUntilGraded() throws {
    let shelf = try Shelf()
    _ = try shelf.book.register(students: [], attempts: [.of("ann")])
    try shelf.book.withhold("ann/1", kind: 75, reason: "disk full")
    #expect(try shelf.book.results().map(\.withheld) == ["disk full"])
    try shelf.book.award(.of("ann.zip", score: 300), key: "k", to: "ann/1", because: .batch)
    #expect(try shelf.book.results().map(\.withheld) == [nil])
  }

  @Test func absentStudentsHaveARow() throws {
    let shelf = try Shelf()
    let students = [Student(id: "ann", name: "Ann"), Student(id: "cy", name: "Cy")]
    _ = try shelf.book.register(students: students, attempts: [.of("ann")])
    let results = try shelf.book.results()
    #expect(results.map { $0.students.map(\.name) } == [["Ann"], ["Cy"]])
    #expect(results.map { $0.attempt != nil } == [true, false])
  }

  /// Former students have no row: they handed nothing in because nobody asked.
  @Test func formerStudentsHaveNoRow() throws {
    let shelf = try Shelf()
    let students = ["ann", "bob", "cy"].map { Student(id: $0, name: "") }
    _ = try shelf.book.register(students: students, attempts: [.of("ann"), .of("bob")])
    let before = try shelf.book.revision()
    _ = try shelf.book.register(students: [students[0]], attempts: [.of("ann"), .of("bob")])
    #expect(try shelf.book.results().flatMap(\.students).map(\.id) == ["ann", "bob"])
    #expect(try shelf.book.revision() != before)
    #expect(try shelf.book.students().count == 3)
  }

  /// Two sections of a class are one when they are merged, absent students too.
  @Test func mergeJoinsRosters() throws {
    let one = try Shelf()
    let other = try Shelf()
    _ = try one.book.register(students: [Student(id: "ann", name: "")], attempts: [])
    let two = ["bob", "ann"].map { Student(id: $0, name: "") }
    _ = try other.book.register(students: two, attempts: [.of("bob")])
    try other.book.close()
    try one.book.merge(other.path)
    #expect(try one.book.results().flatMap(\.students).map(\.id) == ["bob", "ann"])
  }

  @Test func attemptsThatAreGoneKeepTheirGrades() throws {
    let shelf = try Shelf()
    _ = try shelf.book.register(students: [], attempts: [.of("ann")])
    try shelf.book.award(.of("ann.zip", score: 300), key: "k", to: "ann/1", because: .batch)
    var other = Attempt.of("ann", number: 2)
    other.slug = "ann"
    #expect(try shelf.book.register(students: [], attempts: [other]) == ["ann"])
    #expect(try shelf.book.attempts() == [other])
    #expect(try shelf.book.grade(of: "ann/1") != nil)
  }

  @Test func onlyWhatCountsIsAResult() throws {
    let shelf = try Shelf()
    let attempts = [Attempt.of("ann", counts: false), .of("ann", number: 2)]
    _ = try shelf.book.register(students: [], attempts: attempts)
    #expect(try shelf.book.results().map(\.attempt?.number) == [2])
  }

  @Test func lastMarkOfEachMarkerCounts() throws {
    let shelf = try Shelf()
    let first = Mark(submission: "sha256:s", item: "why", marker: "ann", score: 5)
    let second = Mark(submission: "sha256:s", item: "why", marker: "bob", score: 7)
    let changed = Mark(submission: "sha256:s", item: "why", marker: "ann", score: 6)
    #expect(try shelf.book.add([first, second]) == 2)
    #expect(try shelf.book.add([first]) == 0)
    #expect(try shelf.book.add([changed]) == 1)
    #expect(try shelf.book.marks() == [second, changed])
  }

  @Test func marksOutliveEveryRegrade() throws {
    let shelf = try Shelf()
    _ = try shelf.book.register(students: [], attempts: [.of("ann")])
    let mark = Mark(submission: "sha256:files", item: "why", marker: "ann", score: 5)
    try shelf.book.add([mark])
    try shelf.book.award(.of("ann.zip", score: 300), key: "k", to: "ann/1", because: .regrade)
    #expect(try shelf.book.marks() == [mark])
  }

  @Test func revisionChangesWithWhatReportsShow() throws {
    let shelf = try Shelf()
    _ = try shelf.book.register(students: [], attempts: [.of("ann")])
    var seen: Set<String> = [try shelf.book.revision()]
    func isNew() throws -> Bool { seen.insert(try shelf.book.revision()).inserted }
    #expect(try !isNew())
    try shelf.book.award(.of("ann.zip", score: 300), key: "k", to: "ann/1", because: .batch)
    #expect(try isNew())
    try shelf.book.withhold("ann/1", kind: 75, reason: "disk full")
    #expect(try isNew())
    try shelf.book.add([Mark(submission: "sha256:s", item: "why", marker: "ann", score: 5)])
    #expect(try isNew())
  }
}

extension Mark {
  init(submission: String, item: String, marker: String, score: Int) {
    self.init(
      submission: submission,
      item: item,
      marker: marker,
      points: Points(hundredths: score),
      comment: ""
    )
  }
}
