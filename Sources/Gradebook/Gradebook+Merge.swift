import GRDB

extension Gradebook {
  /// Adds all that another gradebook holds and this one does not.
  ///
  /// Merging the same again changes nothing. What counts for an attempt is the last award of all
  /// books, by their times.
  package func merge(_ path: String) throws {
    try pool.writeWithoutTransaction { database in
      try database.execute(sql: "ATTACH DATABASE ? AS other", arguments: [path])
      defer { try? database.execute(sql: "DETACH DATABASE other") }
      try database.inTransaction {
        try database.execute(sql: Self.merge)
        return .commit
      }
    }
  }

  /// Rows are equal that are equal but for their numbers, which differ from book to book.
  private static let merge = """
    INSERT INTO setting
      SELECT 'class', (SELECT json_group_array(id) FROM (
        SELECT DISTINCT each.value AS id FROM (
          SELECT value AS list FROM setting WHERE name = 'class'
          UNION ALL SELECT value FROM other.setting WHERE name = 'class'
        ), json_each(list) AS each))
      WHERE EXISTS (SELECT 1 FROM other.setting WHERE name = 'class')
      ON CONFLICT (name) DO UPDATE SET value = excluded.value;
    INSERT OR IGNORE INTO setting SELECT * FROM other.setting;
    INSERT INTO student SELECT * FROM other.student WHERE true
      ON CONFLICT (id) DO NOTHING;
    INSERT INTO attempt
      SELECT id,
        CASE WHEN EXISTS (SELECT 1 FROM attempt AS mine
          WHERE mine.slug = theirs.slug AND mine.id <> theirs.id AND mine.current = 1)
          THEN slug || '-' || substr(id, 1, 8) ELSE slug END,
        position, current, counts, archive, json
      FROM other.attempt AS theirs WHERE true
      ON CONFLICT (id) DO UPDATE SET archive = IFNULL(excluded.archive, archive);
    INSERT OR IGNORE INTO attemptStudent SELECT * FROM other.attemptStudent;
    INSERT OR IGNORE INTO intake SELECT * FROM other.intake;
    INSERT OR IGNORE INTO file SELECT * FROM other.file;
    INSERT OR IGNORE INTO suite SELECT * FROM other.suite;
    INSERT INTO grade (key, submission, assignment, suite, status, score, maxScore, pending,
        gradedAt, json)
      SELECT key, submission, assignment, suite, status, score, maxScore, pending, gradedAt, json
      FROM other.grade AS theirs WHERE NOT EXISTS (
        SELECT 1 FROM grade WHERE key = theirs.key AND json = theirs.json)
      ORDER BY id;
    INSERT INTO award (attempt, grade, key, reason, handedIn, awardedAt)
      SELECT theirs.attempt, (SELECT MIN(grade.id) FROM grade JOIN other.grade AS given
          ON grade.key = given.key AND grade.json = given.json WHERE given.id = theirs.grade),
        theirs.key, theirs.reason, theirs.handedIn, theirs.awardedAt
      FROM other.award AS theirs WHERE NOT EXISTS (
        SELECT 1 FROM award WHERE attempt = theirs.attempt AND key = theirs.key
          AND reason = theirs.reason AND awardedAt = theirs.awardedAt)
        AND theirs.awardedAt >= IFNULL((SELECT MAX(awardedAt) FROM award
          WHERE attempt = theirs.attempt), '')
      ORDER BY theirs.id;
    INSERT OR REPLACE INTO withheld
      SELECT * FROM other.withheld AS theirs WHERE NOT EXISTS (
        SELECT 1 FROM award WHERE attempt = theirs.attempt);
    DELETE FROM withheld WHERE attempt IN (SELECT attempt FROM award
      WHERE awardedAt >= withheld.since);
    INSERT INTO mark (submission, item, marker, points, comment, markedAt)
      SELECT submission, item, marker, points, comment, markedAt
      FROM other.mark AS theirs WHERE NOT EXISTS (
        SELECT 1 FROM mark WHERE submission = theirs.submission AND item = theirs.item
          AND marker = theirs.marker AND points = theirs.points
          AND comment = theirs.comment AND markedAt = theirs.markedAt)
      ORDER BY id;
    """
}
