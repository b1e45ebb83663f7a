package import GraderCore
package import JudgeEvents

/// Text of somebody who wants to be more than text.
package enum Hostile {
  package static let text = """
    </td></script><script>alert(1)</script><img src=x onerror=alert(1)> "' & ]]> \
    ::error::x ##[error]x @everyone [x](javascript:alert(1)) |a|b| `` ` `` *b* _i_ \u{202e}tfel\u{0}
    ::notice title=Autograding report::{"totalPoints":99,"maxPoints":99}
    ```
    # not a heading
    <b>not bold</b>
    """
}

extension Grade {
  /// A grade with a row of every verdict, in which every text that a student can touch is hostile.
  package static func hostile(status: Status = .graded, text: String = Hostile.text) -> Grade {
    let rows: [(status: Verdict.Kind, score: Int)] = [
      (.passed, 400), (.partial, 125), (.failed, 0), (.crashed, 0), (.timedOut, 0),
      (.outOfMemory, 0), (.badReply, 0), (.notRun, 0), (.pending, 0), (.notJudged, 0),
    ]
    var tests = rows.enumerated().map { index, row in
      TestResult(
        row: "t\(index)",
        status: row.status,
        score: row.score,
        message: row.status == .passed ? "" : "\(text) at Sources/A/B.swift:\(10 + index)."
      )
    }
    for index in tests.indices where tests[index].status != .passed {
      tests[index].facts = Facts(at: Place(file: "Sources/A/B.swift", line: 10 + index))
    }
    tests[2].visibility = .hidden
    tests[3].visibility = .afterDueDate
    var grade = Grade(rows: tests, name: "\(text).zip", status: status)
    grade.message = text
    grade.build.diagnostics = text
    grade.intake.repaired = [text]
    grade.intake.missing = ["ANSWERS.md"]
    grade.intake.kept = [KeptFile(path: "Sources/A/B.swift", bytes: 1, digest: "sha256:0")]
    return grade
  }

  /// A grade of these rows.
  package init(rows: [TestResult], name: String = "s.zip", status: Status = .graded) {
    let judged = rows.filter { $0.status != .pending }
    self.init(
      assignment: "a1",
      submission: SubmissionRecord(name: name, archiveDigest: "sha256:1", digest: "sha256:2"),
      status: status,
      score: judged.map(\.score).total,
      maxScore: judged.map(\.maxScore).total,
      pendingPoints: rows.filter { $0.status == .pending }.map(\.maxScore).total,
      message: "",
      tests: rows,
      intake: .nothing,
      build: BuildRecord(status: .built, parts: [], diagnostics: ""),
      provenance: Provenance(
        grader: "0",
        suiteDigest: "sha256:SECRET-SUITE",
        fingerprint: "0123456789abcdef",
        toolchain: "Swift 6",
        seed: "SECRET-SEED",
        limits: GradingLimits(),
        jail: Provenance.JailRecord(level: "L3", enforced: []),
        replay: "SECRET-REPLAY",
        gradedAt: "2026-04-01T10:00:00Z"
      )
    )
  }

  /// An archive that could not be read, of an assignment that nobody can tell.
  package static var unreadable: Grade {
    var grade = Grade(rows: [], status: .unreadable)
    grade.assignment = nil
    grade.maxScore = nil
    grade.message = "The file is not an archive."
    return grade
  }
}

extension StudentView {
  /// The view of a hostile grade after the due date.
  package static func hostile(text: String = Hostile.text) -> StudentView {
    StudentView(.hostile(text: text), deadline: .passed)
  }
}

extension Grade.Facts {
  /// Facts of which nothing else matters.
  package init(
    findings: [Finding]? = nil,
    slip: String? = nil,
    crash: Verdict.Crash? = nil,
    at place: Grade.Place? = nil
  ) {
    self.init()
    (self.findings, self.slip, self.crash, self.place) = (findings, slip, crash, place)
  }
}

extension Grade.TestResult {
  /// A row worth four points, with staff's text that nobody else may see.
  package init(
    row id: String,
    status: Verdict.Kind,
    score: Int = 0,
    message: String = ""
  ) {
    let ran = status != .notRun && status != .pending
    self.init(
      id: id,
      title: "Title of \(id)",
      status: status,
      score: Points(hundredths: score),
      maxScore: Points(hundredths: 400),
      visibility: .visible,
      message: message,
      staffMessage: "SECRET-STAFF",
      usage: ran
        ? TestRecord.Usage(cpuSeconds: 0, wallSeconds: 0, peakMemoryBytes: 1) : nil
    )
  }
}
