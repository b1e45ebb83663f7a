package import ClassCore
import GRDB
import GradeFormats
package import GraderCore

extension Gradebook {
  /// The standing of an attempt.
  package struct Standing: Sendable {
    /// The key that its last grade answers; nil if it has none.
    package var key: String?
    /// The last grade's number.
    package var grade: Int64?
    /// Its score.
    package var score: Points?
    /// The assignment that it is of.
    package var assignment: String?
    /// The digest of the suite that its key is of; nil if no suite graded it.
    package var suite: String?
    /// The stage that grading reached; nil if it has no grade.
    package var status: Grade.Status?
    /// The kind of fault that withholds its grade, as an exit status; nil if none does.
    package var withheld: Int32?
  }

  /// The standings of all current attempts, by their ids.
  package func standings() throws -> [String: Standing] {
    try pool.read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT attempt.id, award.key, award.grade, grade.score, grade.assignment,
            grade.status, withheld.kind,
            -- An earlier grade that was kept answers the key of a later one.
            (SELECT suite FROM grade AS own WHERE own.key = award.key
              ORDER BY id DESC LIMIT 1) AS suite
          FROM attempt
          LEFT JOIN award ON award.id =
            (SELECT MAX(id) FROM award WHERE award.attempt = attempt.id)
          LEFT JOIN grade ON grade.id = award.grade
          LEFT JOIN withheld ON withheld.attempt = attempt.id
          WHERE attempt.current = 1
          """
      )
      var standings: [String: Standing] = [:]
      while let row = try rows.next() {
        standings[row["id"]] = Standing(
          key: row["key"],
          grade: row["grade"],
          score: (row["score"] as Int?).map(Points.init(hundredths:)),
          assignment: row["assignment"],
          suite: row["suite"],
          status: (row["status"] as String?).flatMap(Grade.Status.init(rawValue:)),
          withheld: row["kind"]
        )
      }
      return standings
    }
  }

  /// The machine's points of all current attempts that have a grade, by their ids.
  package func scores() throws -> [String: Points] {
    try pool.read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT attempt.id, grade.score FROM attempt
          JOIN award ON award.id = (SELECT MAX(id) FROM award WHERE award.attempt = attempt.id)
          JOIN grade ON grade.id = award.grade
          WHERE attempt.current = 1
          """
      )
      var scores: [String: Points] = [:]
      while let row = try rows.next() { scores[row["id"]] = Points(hundredths: row["score"]) }
      return scores
    }
  }

  /// The grade that an attempt has; nil if it has none.
  package func grade(of attempt: String) throws -> Grade? {
    try pool.read { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT grade.json AS grade, award.handedIn FROM award
          JOIN grade ON grade.id = award.grade
          WHERE award.attempt = ? ORDER BY award.id DESC LIMIT 1
          """,
        arguments: [attempt]
      ).map { try Self.grade(from: $0) }
    }
  }

  private static func grade(from row: Row) throws -> Grade {
    let grade: Grade = try JSONText.value(of: row["grade"] as String)
    return grade.handedIn(as: try JSONText.value(of: row["handedIn"] as String))
  }

  /// One row for each attempt that is wanted, by default each that counts, in order, and then one
  /// for each student without any attempt.
  ///
  /// Only one is in memory at a time.
  package func forEachResult(
    where isWanted: (Attempt) -> Bool = { $0.counts },
    _ body: (ClassResult) throws -> Void
  ) throws {
    try pool.read { database in
      let known = try Dictionary(
        String.fetchAll(database, sql: "SELECT json FROM student")
          .map { text in
            let student: Student = try JSONText.value(of: text)
            return (student.id, student)
          }
      ) { first, _ in first }
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT attempt.*, grade.json AS grade, award.handedIn, withheld.reason
          FROM attempt
          LEFT JOIN award ON award.id =
            (SELECT MAX(id) FROM award WHERE award.attempt = attempt.id)
          LEFT JOIN grade ON grade.id = award.grade
          LEFT JOIN withheld ON withheld.attempt = attempt.id
          WHERE attempt.current = 1
          ORDER BY attempt.position, attempt.id
          """
      )
      while let row = try rows.next() {
        let attempt = try Attempt(row: row)
        guard isWanted(attempt) else { continue }
        let isGraded = (row["grade"] as String?) != nil
        let result = ClassResult(
          students: attempt.students.compactMap { known[$0] },
          attempt: attempt,
          grade: isGraded ? try Self.grade(from: row) : nil,
          withheld: row["reason"]
        )
        try body(result)
      }
      let absent = try String.fetchCursor(
        database,
        sql: """
          SELECT json FROM student WHERE (
            id IN (SELECT each.value FROM setting, json_each(setting.value) AS each WHERE name = ?)
            OR NOT EXISTS (SELECT 1 FROM setting WHERE name = ?)
          ) AND NOT EXISTS (
            SELECT 1 FROM attemptStudent JOIN attempt ON attempt.id = attemptStudent.attempt
            WHERE student = student.id AND current = 1
          ) ORDER BY id
          """,
        arguments: [Self.classList, Self.classList]
      )
      while let json = try absent.next() {
        try body(ClassResult(students: [try JSONText.value(of: json)], attempt: nil, grade: nil))
      }
    }
  }

  /// All rows at once.
  package func results() throws -> [ClassResult] {
    var results: [ClassResult] = []
    try forEachResult { results.append($0) }
    return results
  }

  /// Grows with every grade that is given, withheld or marked.
  package func revision() throws -> String {
    try pool.read { database in
      let tables = ["award", "mark"].map { "(SELECT IFNULL(MAX(id), 0) FROM \($0))" }
      let rest = """
        (SELECT IFNULL(GROUP_CONCAT(id || counts || json), '') FROM
          (SELECT * FROM attempt WHERE current = 1 ORDER BY position, id)),
        (SELECT IFNULL(GROUP_CONCAT(json), '') FROM (SELECT json FROM student ORDER BY id)),
        (SELECT IFNULL(MAX(value), '') FROM setting WHERE name = '\(Self.classList)'),
        (SELECT IFNULL(GROUP_CONCAT(attempt || reason), '') FROM
          (SELECT * FROM withheld ORDER BY attempt))
        """
      let row = try Row.fetchOne(
        database,
        sql: "SELECT \((tables + [rest]).joined(separator: ","))"
      )
      return row.map { $0.databaseValues.map { "\($0)" }.joined(separator: " ") } ?? ""
    }
  }
}
