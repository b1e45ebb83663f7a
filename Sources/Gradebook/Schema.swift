import GRDB

/// The tables, as they came to be: migrations are only ever added.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1: a class and its grades") { try $0.execute(sql: first) }
    migrator.registerMigration("2: reasons without details") { try $0.execute(sql: second) }
    migrator.registerMigration("3: nothing above its maximum") { try $0.execute(sql: third) }
    return migrator
  }

  /// A mark is held against the grade that its submission had when it was given.
  ///
  /// So merging brings in the history of a maximum that was lowered since. What an earlier version
  /// wrote stays; final grades leave it open.
  private static let third = """
    CREATE INDEX gradeSubmission ON grade (submission);

    CREATE TRIGGER markWithinMaximum BEFORE INSERT ON mark
      WHEN NEW.points > (
        SELECT CAST(ROUND(100 * json_extract(test.value, '$.maxScore')) AS INTEGER)
        FROM (
          SELECT grade.json, award.awardedAt, award.id FROM grade
          JOIN award ON award.grade = grade.id
          WHERE grade.submission = NEW.submission
        ) AS own, json_each(own.json, '$.tests') AS test
        WHERE json_extract(test.value, '$.id') = NEW.item
        ORDER BY own.awardedAt > NEW.markedAt,
          CASE WHEN own.awardedAt > NEW.markedAt THEN own.id ELSE -own.id END
        LIMIT 1
      )
      BEGIN SELECT RAISE(ABORT, 'a mark is above the maximum of its item'); END;

    CREATE TRIGGER gradeWithinMaximum BEFORE INSERT ON grade
      WHEN NEW.score > NEW.maxScore OR EXISTS (
        SELECT 1 FROM json_each(
          CASE WHEN json_valid(NEW.json) THEN NEW.json ELSE '{}' END, '$.tests'
        ) AS test
        WHERE json_extract(test.value, '$.score') > json_extract(test.value, '$.maxScore')
      )
      BEGIN SELECT RAISE(ABORT, 'a score is above its maximum'); END;
    """

  /// Earlier reasons held all that a program had said, behind their first line.
  private static let second = """
    ALTER TABLE withheld ADD COLUMN detail TEXT NOT NULL DEFAULT '';
    UPDATE withheld SET detail = reason,
      reason = substr(reason, 1, instr(reason || char(10), char(10)) - 1);
    """

  private static let first = """
    CREATE TABLE setting (
      name TEXT PRIMARY KEY NOT NULL,
      value TEXT NOT NULL
    ) STRICT;

    CREATE TABLE student (
      id TEXT PRIMARY KEY NOT NULL CHECK (id <> ''),
      json TEXT NOT NULL CHECK (json_valid(json))
    ) STRICT;

    -- One entry of what was handed in. `current` says that it was there when last looked.
    CREATE TABLE attempt (
      id TEXT PRIMARY KEY NOT NULL,
      slug TEXT NOT NULL,
      position INTEGER NOT NULL,
      current INTEGER NOT NULL CHECK (current IN (0, 1)),
      counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
      archive TEXT CHECK (archive LIKE 'sha256:%'),
      json TEXT NOT NULL CHECK (json_valid(json))
    ) STRICT;
    CREATE UNIQUE INDEX attemptSlug ON attempt (slug) WHERE current = 1;

    CREATE TABLE attemptStudent (
      attempt TEXT NOT NULL REFERENCES attempt (id),
      student TEXT NOT NULL REFERENCES student (id),
      PRIMARY KEY (attempt, student)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX attemptsOfStudent ON attemptStudent (student);

    -- What intake made of an archive of that name, under that policy.
    CREATE TABLE intake (
      archive TEXT NOT NULL CHECK (archive LIKE 'sha256:%'),
      name TEXT NOT NULL,
      policy TEXT NOT NULL,
      assignment TEXT,
      submission TEXT CHECK (submission LIKE 'sha256:%'),
      record TEXT NOT NULL CHECK (json_valid(record)),
      PRIMARY KEY (archive, name, policy),
      CHECK ((assignment IS NULL) = (submission IS NULL))
    ) STRICT, WITHOUT ROWID;

    -- Files that were kept, by content.
    CREATE TABLE file (
      digest TEXT PRIMARY KEY NOT NULL CHECK (digest LIKE 'sha256:%'),
      bytes BLOB NOT NULL
    ) STRICT;

    -- Machine scores, in hundredths. Several rows with a key are its history.
    CREATE TABLE grade (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      key TEXT NOT NULL,
      submission TEXT CHECK (submission LIKE 'sha256:%'),
      assignment TEXT,
      suite TEXT,
      status TEXT NOT NULL
        CHECK (status IN ('graded', 'didNotBuild', 'unreadable', 'incomplete')),
      score INTEGER NOT NULL CHECK (score >= 0),
      maxScore INTEGER CHECK (maxScore >= 0),
      pending INTEGER NOT NULL CHECK (pending >= 0),
      gradedAt TEXT NOT NULL,
      json TEXT NOT NULL CHECK (json_valid(json))
    ) STRICT;
    CREATE INDEX gradeKey ON grade (key, id);

    -- Which grade an attempt got, and when. The last row counts.
    CREATE TABLE award (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      attempt TEXT NOT NULL REFERENCES attempt (id),
      grade INTEGER NOT NULL REFERENCES grade (id),
      key TEXT NOT NULL,
      reason TEXT NOT NULL CHECK (reason IN ('batch', 'regrade', 'kept')),
      handedIn TEXT NOT NULL CHECK (json_valid(handedIn)),
      awardedAt TEXT NOT NULL
    ) STRICT;
    CREATE INDEX awardAttempt ON award (attempt, id);

    CREATE TABLE withheld (
      attempt TEXT PRIMARY KEY NOT NULL REFERENCES attempt (id),
      kind INTEGER NOT NULL CHECK (kind IN (69, 70, 75)),
      reason TEXT NOT NULL,
      since TEXT NOT NULL
    ) STRICT;

    -- What people gave, apart from what machines gave. The last row of a marker counts.
    CREATE TABLE mark (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      submission TEXT NOT NULL CHECK (submission LIKE 'sha256:%'),
      item TEXT NOT NULL,
      marker TEXT NOT NULL,
      points INTEGER NOT NULL CHECK (points >= 0),
      comment TEXT NOT NULL,
      markedAt TEXT NOT NULL
    ) STRICT;
    CREATE INDEX markSubmission ON mark (submission, item, marker, id);

    -- What the tests of a suite depend on.
    CREATE TABLE suite (
      digest TEXT PRIMARY KEY NOT NULL,
      fingerprints TEXT NOT NULL CHECK (json_valid(fingerprints))
    ) STRICT;

    CREATE TRIGGER gradeIsHistory BEFORE UPDATE ON grade
      BEGIN SELECT RAISE(ABORT, 'grades are only ever added'); END;
    CREATE TRIGGER gradeStays BEFORE DELETE ON grade
      BEGIN SELECT RAISE(ABORT, 'grades are only ever added'); END;
    CREATE TRIGGER awardIsHistory BEFORE UPDATE ON award
      BEGIN SELECT RAISE(ABORT, 'awards are only ever added'); END;
    CREATE TRIGGER awardStays BEFORE DELETE ON award
      BEGIN SELECT RAISE(ABORT, 'awards are only ever added'); END;
    CREATE TRIGGER markIsHistory BEFORE UPDATE ON mark
      BEGIN SELECT RAISE(ABORT, 'marks are only ever added'); END;
    CREATE TRIGGER markStays BEFORE DELETE ON mark
      BEGIN SELECT RAISE(ABORT, 'marks are only ever added'); END;
    """
}
