import ClassCore
import Foundation
import GRDB
import GradeFormats
package import GraderCore

// What a machine gave: intake, grades, and which grade an attempt got.
extension Gradebook {
  /// The result of taking in an archive, as it was written down.
  package struct KnownIntake: Sendable {
    /// The assignment and the digest of the kept files; nil if it cannot be graded.
    package var submission: (assignment: String, digest: String)?
    /// The record of its entries.
    package var record: Grade.IntakeRecord

    package init(
      submission: (assignment: String, digest: String)?,
      record: Grade.IntakeRecord
    ) {
      (self.submission, self.record) = (submission, record)
    }
  }

  /// The result for an archive of that name under that policy; nil if it was not looked at.
  package func intake(archive: String, name: String, policy: String) throws -> KnownIntake? {
    try pool.read { database in
      let row = try Row.fetchOne(
        database,
        sql: "SELECT * FROM intake WHERE archive = ? AND name = ? AND policy = ?",
        arguments: [archive, name, policy]
      )
      return try row.map { row in
        let assignment: String? = row["assignment"]
        let digest: String? = row["submission"]
        return KnownIntake(
          submission: assignment.flatMap { id in digest.map { (id, $0) } },
          record: try JSONText.value(of: row["record"] as String)
        )
      }
    }
  }

  /// Writes down what intake made of an archive, and keeps the files.
  package func add(
    intake: KnownIntake,
    archive: String,
    name: String,
    policy: String,
    files: [(digest: String, bytes: [UInt8])]
  ) throws {
    try pool.write { database in
      for file in files {
        try database.execute(
          sql: "INSERT OR IGNORE INTO file VALUES (?, ?)",
          arguments: [file.digest, Data(file.bytes)]
        )
      }
      try database.execute(
        sql: "INSERT OR REPLACE INTO intake VALUES (?, ?, ?, ?, ?, ?)",
        arguments: [
          archive, name, policy, intake.submission?.assignment, intake.submission?.digest,
          try JSONText.compact(intake.record),
        ]
      )
    }
  }

  /// A file that some student handed in.
  package func file(_ digest: String) throws -> [UInt8]? {
    try pool.read {
      try Data.fetchOne($0, sql: "SELECT bytes FROM file WHERE digest = ?", arguments: [digest])
        .map { [UInt8]($0) }
    }
  }

  // MARK: Grades

  /// The reason why an attempt got a grade.
  package enum Reason: String, Sendable {
    /// A run over the class.
    case batch
    /// The suite changed.
    case regrade
    /// The suite changed, but nobody was to lose points.
    case kept
  }

  /// The newest grade with a key.
  package func grade(key: String) throws -> (id: Int64, grade: Grade)? {
    try pool.read { database in
      let row = try Row.fetchOne(
        database,
        sql: "SELECT id, json FROM grade WHERE key = ? ORDER BY id DESC LIMIT 1",
        arguments: [key]
      )
      return try row.map { ($0["id"], try JSONText.value(of: $0["json"] as String)) }
    }
  }

  /// Adds a grade and gives it to an attempt, in one step.
  ///
  /// - Returns: The grade's number.
  @discardableResult
  package func award(
    _ grade: Grade,
    key: String,
    to attempt: String,
    because reason: Reason
  ) throws -> Int64 {
    try pool.write { database in
      let id = try Self.add(grade, key: key, to: database)
      try Self.award(id, key: key, to: attempt, grade, because: reason, in: database)
      return id
    }
  }

  /// Gives an attempt a grade that is in the book; `grade` says how it was handed in.
  package func award(
    _ id: Int64,
    as grade: Grade,
    key: String,
    to attempt: String,
    because reason: Reason
  ) throws {
    try pool.write { database in
      try Self.award(id, key: key, to: attempt, grade, because: reason, in: database)
    }
  }

  /// Adds a grade that nobody has yet.
  @discardableResult
  package func add(_ grade: Grade, key: String) throws -> Int64 {
    try pool.write { try Self.add(grade, key: key, to: $0) }
  }

  /// A grade that is longer than any may be; the grader cuts them, so it is a fault of ours.
  package struct TooLong: Error, CustomStringConvertible {
    let bytes: Int

    package var description: String { "a grade of \(bytes) bytes" }
  }

  static func add(_ grade: Grade, key: String, to database: Database) throws -> Int64 {
    let json = try JSONText.compact(grade)
    guard json.utf8.count <= Grade.mostBytes else { throw TooLong(bytes: json.utf8.count) }
    try database.execute(
      sql: """
        INSERT INTO grade
          (key, submission, assignment, suite, status, score, maxScore, pending, gradedAt, json)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        key, grade.submission.digest, grade.assignment, grade.provenance.suiteDigest,
        grade.status.rawValue, grade.score.hundredths, grade.maxScore?.hundredths,
        grade.pendingPoints.hundredths, grade.provenance.gradedAt, json,
      ]
    )
    return database.lastInsertedRowID
  }

  private static func award(
    _ id: Int64,
    key: String,
    to attempt: String,
    _ grade: Grade,
    because reason: Reason,
    in database: Database
  ) throws {
    let handedIn = ArchiveFacts(submission: grade.submission, intake: grade.intake)
    try database.execute(
      sql: """
        INSERT INTO award (attempt, grade, key, reason, handedIn, awardedAt)
        VALUES (?, ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
        """,
      arguments: [attempt, id, key, reason.rawValue, try JSONText.compact(handedIn)]
    )
    try database.execute(
      sql: "UPDATE attempt SET archive = ? WHERE id = ?",
      arguments: [grade.submission.archiveDigest, attempt]
    )
    try database.execute(sql: "DELETE FROM withheld WHERE attempt = ?", arguments: [attempt])
  }

  /// Notes that an attempt has no grade, which is our fault.
  ///
  /// The reason goes into tables and pages; the detail stays here.
  package func withhold(
    _ attempt: String,
    kind: Int32,
    reason: String,
    detail: String = ""
  ) throws {
    try pool.write {
      try $0.execute(
        sql: """
          INSERT OR REPLACE INTO withheld
          VALUES (?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?)
          """,
        arguments: [attempt, kind, reason, detail]
      )
    }
  }

  /// Forgets that an attempt's grade was withheld.
  package func release(_ attempt: String) throws {
    try pool.write {
      try $0.execute(sql: "DELETE FROM withheld WHERE attempt = ?", arguments: [attempt])
    }
  }

  // MARK: Suites

  /// Writes down what the tests of a suite depend on.
  package func add(fingerprints: String, ofSuite digest: String) throws {
    try pool.write {
      try $0.execute(
        sql: "INSERT OR IGNORE INTO suite VALUES (?, ?)",
        arguments: [digest, fingerprints]
      )
    }
  }

  /// The fingerprints of all that the tests of a suite depended on.
  package func fingerprints(ofSuite digest: String) throws -> String? {
    try pool.read {
      try String.fetchOne(
        $0,
        sql: "SELECT fingerprints FROM suite WHERE digest = ?",
        arguments: [digest]
      )
    }
  }
}
