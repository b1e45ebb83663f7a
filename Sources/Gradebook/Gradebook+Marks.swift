package import ClassCore
import GRDB
import GraderCore

extension Gradebook {
  /// Adds marks; one that says the same as the marker's last adds nothing.
  ///
  /// - Returns: How many were added.
  @discardableResult
  package func add(_ marks: [Mark]) throws -> Int {
    try pool.write { database in
      var added = 0
      for mark in marks where try Self.last(like: mark, in: database) != mark {
        try database.execute(
          sql: """
            INSERT INTO mark (submission, item, marker, points, comment, markedAt)
            VALUES (?, ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
            """,
          arguments: [
            mark.submission, mark.item, mark.marker, mark.points.hundredths, mark.comment,
          ]
        )
        added += 1
      }
      return added
    }
  }

  private static func last(like mark: Mark, in database: Database) throws -> Mark? {
    try Row.fetchOne(
      database,
      sql: """
        SELECT * FROM mark WHERE submission = ? AND item = ? AND marker = ?
        ORDER BY id DESC LIMIT 1
        """,
      arguments: [mark.submission, mark.item, mark.marker]
    ).map(Mark.init(row:))
  }

  /// The marks that count: the last of each marker for each item.
  package func marks() throws -> [Mark] {
    try pool.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM mark WHERE id IN
            (SELECT MAX(id) FROM mark GROUP BY submission, item, marker)
          ORDER BY submission, item, id
          """
      ).map(Mark.init(row:))
    }
  }
}

extension Mark {
  fileprivate init(row: Row) {
    self.init(
      submission: row["submission"],
      item: row["item"],
      marker: row["marker"],
      points: Points(hundredths: row["points"]),
      comment: row["comment"]
    )
  }
}
