import ClassCore
import Foundation
import Gradebook
import GraderCore
import Testing

/// No path writes points above their maximum, and what an earlier version wrote stays.
@Suite struct MaximumTests {
  private func grade(most: Int, score: Int = 0) -> Grade {
    var grade = Grade.of("ann.zip", score: 500)
    grade.tests = [
      Grade.TestResult(
        id: "why",
        title: "Why",
        status: .pending,
        score: Points(hundredths: score),
        maxScore: Points(hundredths: most),
        visibility: .visible,
        message: "",
        staffMessage: nil,
        usage: nil
      )
    ]
    return grade
  }

  private func mark(_ points: Int, item: String = "why") -> String {
    """
    INSERT INTO mark (submission, item, marker, points, comment, markedAt)
    VALUES ('sha256:files', '\(item)', 'm', \(points), '', '9999')
    """
  }

  private func give(_ grade: Grade, _ key: String, to book: Gradebook) throws {
    try book.award(grade, key: key, to: "ann/1", because: .batch)
  }

  /// The grade in force says what an item is worth, also for another program.
  @Test func marks() throws {
    let shelf = try Shelf()
    _ = try shelf.book.register(students: [], attempts: [.of("ann")])
    try give(grade(most: 2000), "1", to: shelf.book)
    #expect(try shelf.accepts(mark(2000)))
    #expect(try !shelf.accepts(mark(2001)))
    #expect(try shelf.accepts(mark(9999, item: "another")))
    try give(grade(most: 1000), "2", to: shelf.book)
    #expect(try !shelf.accepts(mark(1001)))
    #expect(try shelf.accepts(mark(1000)))
    let above = Mark(
      submission: "sha256:files",
      item: "why",
      marker: "x",
      points: Points(hundredths: 1001),
      comment: ""
    )
    #expect(throws: (any Error).self) { try shelf.book.add([above]) }
  }

  @Test func grades() throws {
    let shelf = try Shelf()
    #expect(throws: (any Error).self) { try shelf.book.add(grade(most: 10, score: 11), key: "1") }
    #expect(throws: (any Error).self) { try shelf.book.add(.of("a.zip", score: 1001), key: "2") }
    try shelf.book.add(grade(most: 10, score: 10), key: "3")
  }

  /// A gradebook of an earlier version, with a mark above a maximum, is taken over as it is.
  @Test func earlierGradebooks() throws {
    let shelf = try Shelf()
    _ = try shelf.book.register(students: [], attempts: [.of("ann")])
    try give(grade(most: 1000), "1", to: shelf.book)
    for sql in [
      "DROP TRIGGER markWithinMaximum", "DROP TRIGGER gradeWithinMaximum",
      "DROP INDEX gradeSubmission", "DELETE FROM grdb_migrations WHERE identifier LIKE '3:%'",
      mark(2000),
    ] {
      #expect(try shelf.accepts(sql))
    }
    let taken = try Gradebook(path: shelf.path)
    #expect(try taken.marks().map(\.points) == [Points(hundredths: 2000)])
    #expect(try !shelf.accepts(mark(1001)))
  }

  /// Marks that fitted when they were given come along when books are merged.
  @Test func mergedHistory() throws {
    let mine = try Shelf()
    let theirs = try Shelf()
    for book in [mine.book, theirs.book] {
      _ = try book.register(students: [], attempts: [.of("ann")])
    }
    try give(grade(most: 2000), "1", to: theirs.book)
    #expect(try theirs.accepts(mark(2000).replacing("9999", with: "2000-01-01")))
    try give(grade(most: 1000), "2", to: theirs.book)
    try mine.book.merge(theirs.path)
    #expect(try mine.book.marks().map(\.points) == [Points(hundredths: 2000)])
  }
}
