package import ClassCore
import GRDB
import GradeFormats

/// The grades of a class in one SQLite file.
///
/// Machine grades and people's marks are only ever added, so that their history stays. A process
/// that is killed loses at most what it was writing.
package final class Gradebook: Sendable {
  let pool: DatabasePool

  /// Opens a gradebook, which is made if it is not there, and brings its tables up to date.
  package init(path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(20)
    configuration.label = "gradebook"
    pool = try DatabasePool(path: path, configuration: configuration)
    try Schema.migrator.migrate(pool)
  }

  /// Closes the file; unless others have it open, nothing but it is left on disk.
  package func close() throws {
    // SQLite clears up behind the last connection, which must be one that may write: GRDB closes
    // those that only read after the writer.
    pool.releaseMemory()
    try pool.close()
  }

  // MARK: Settings

  /// The value that was written down under a name.
  package func setting(_ name: String) throws -> String? {
    try pool.read {
      try String.fetchOne($0, sql: "SELECT value FROM setting WHERE name = ?", arguments: [name])
    }
  }

  /// Writes something down under a name.
  package func set(_ name: String, to value: String) throws {
    try pool.write { try Self.set(name, to: value, in: $0) }
  }

  private static func set(_ name: String, to value: String, in database: Database) throws {
    try database.execute(
      sql: "INSERT INTO setting VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
      arguments: [name, value]
    )
  }

  /// The setting that holds who is in the class now, as a list of ids: those of earlier rosters are
  /// still known, because attempts of theirs are.
  static let classList = "class"

  // MARK: Who is in the class

  /// Takes down who is in the class and what was handed in.
  ///
  /// Attempts that are known already keep their grades; those that are gone stay, but are no longer
  /// current.
  ///
  /// - Returns: Slugs that belonged to another attempt, whose files are out of date.
  package func register(students: [Student], attempts: [Attempt]) throws -> Set<String> {
    try pool.write { database in
      for student in students {
        try database.execute(
          sql: """
            INSERT INTO student VALUES (?, ?)
            ON CONFLICT (id) DO UPDATE SET json = excluded.json
            """,
          arguments: [student.id, try JSONText.compact(student)]
        )
      }
      try Self.set(Self.classList, to: try JSONText.compact(students.map(\.id)), in: database)
      let owners = try Dictionary(
        Row.fetchAll(database, sql: "SELECT slug, id FROM attempt WHERE current = 1")
          .map { ($0["slug"] as String, $0["id"] as String) }
      ) { first, _ in first }
      try database.execute(sql: "UPDATE attempt SET current = 0")
      for (position, attempt) in attempts.enumerated() {
        try Self.put(attempt, position: position, into: database)
      }
      return Set(
        attempts.filter { new in owners[new.slug].map { $0 != new.id } ?? false }.map(\.slug)
      )
    }
  }

  /// Takes down anew which of the current attempts count.
  package func update(_ attempts: [Attempt]) throws {
    try pool.write { database in
      for attempt in attempts {
        try database.execute(
          sql: "UPDATE attempt SET counts = ? WHERE id = ? AND current = 1",
          arguments: [attempt.counts, attempt.id]
        )
      }
    }
  }

  static func put(_ attempt: Attempt, position: Int, into database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO attempt (id, slug, position, current, counts, json) VALUES (?, ?, ?, 1, ?, ?)
        ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, position = excluded.position,
          current = 1, counts = excluded.counts, json = excluded.json
        """,
      arguments: [
        attempt.id, attempt.slug, position, attempt.counts, try JSONText.compact(attempt),
      ]
    )
    for student in attempt.students {
      // Whom no list knows is still somebody.
      try database.execute(
        sql: "INSERT OR IGNORE INTO student VALUES (?, ?)",
        arguments: [student, try JSONText.compact(Student(id: student, name: ""))]
      )
      try database.execute(
        sql: "INSERT OR IGNORE INTO attemptStudent VALUES (?, ?)",
        arguments: [attempt.id, student]
      )
    }
  }

  /// All students, by their ids.
  package func students() throws -> [Student] {
    try pool.read {
      try String.fetchAll($0, sql: "SELECT json FROM student ORDER BY id")
        .map { try JSONText.value(of: $0) }
    }
  }

  /// The attempts that were there when last looked, in order.
  package func attempts() throws -> [Attempt] {
    try pool.read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT * FROM attempt WHERE current = 1 ORDER BY position, id"
      ).map { try Attempt(row: $0) }
    }
  }
}

extension Attempt {
  init(row: Row) throws {
    self = try JSONText.value(of: row["json"] as String)
    (id, slug, counts) = (row["id"], row["slug"], row["counts"])
  }
}
