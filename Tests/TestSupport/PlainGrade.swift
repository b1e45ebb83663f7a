package import GraderCore

extension Grade.TestResult {
  /// A result of which nothing else matters.
  package init(
    id: String,
    status: Verdict.Kind = .failed,
    score: Int,
    of points: Int,
    visibility: Assignment.Visibility = .visible,
    message: String = "",
    title: String? = nil,
    part: String? = nil
  ) {
    self.init(
      id: id,
      title: title ?? id,
      part: part,
      status: status,
      score: Points(hundredths: score),
      maxScore: Points(hundredths: points),
      visibility: visibility,
      message: message,
      staffMessage: "secret of \(id)",
      usage: nil
    )
  }
}

extension Grade {
  /// A grade of which nothing else matters.
  package init(tests: [TestResult], status: Status = .graded, message: String = "") {
    self.init(
      assignment: "a1",
      submission: SubmissionRecord(name: "s.zip", archiveDigest: "sha256:0", digest: nil),
      status: status,
      score: tests.map(\.score).total,
      maxScore: tests.map(\.maxScore).total,
      pendingPoints: .zero,
      message: message,
      tests: tests,
      intake: .nothing,
      build: BuildRecord(status: .built, parts: [], diagnostics: ""),
      provenance: Provenance(
        grader: "0",
        suiteDigest: nil,
        toolchain: nil,
        seed: "7",
        limits: GradingLimits(),
        jail: Provenance.JailRecord(level: "L3", enforced: []),
        replay: "grader s.zip --seed 7",
        gradedAt: "now"
      )
    )
  }
}
