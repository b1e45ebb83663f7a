import Foundation
import GraderCore

extension Grading {
  /// Builds and tests what intake kept.
  func grade(
    _ taken: TakenIn,
    _ files: [Submission.File],
    options: Workshop.Options
  ) throws(GraderFault) -> Grade {
    let built = try build(files.filter { $0.path.name.hasSuffix(".swift") })
    let build = built.outcome
    let submission = taken.archive.digest.map { String($0.dropFirst("sha256:".count)) } ?? ""
    let seed = options.seed ?? Self.seed(suite: suiteDigest, submission: submission)
    var tests = try test(built, seed: seed, jobs: options.jobs, known: options.known)
    let rubric = assignment.assignment
    tests += rubric.pending.map { item in
      Grade.TestResult(item, isMissing: taken.record.missing.contains(item.file))
    }
    return Grade(
      assignment: rubric.id,
      submission: taken.archive,
      status: build.worker == nil ? .didNotBuild : tests.status,
      score: tests.score,
      maxScore: rubric.maxScore,
      pendingPoints: rubric.pendingPoints,
      message: StudentText.message(
        isBuilt: build.worker != nil,
        leftOut: build.dropped
      ),
      tests: tests,
      intake: taken.record,
      build: build.record,
      provenance: Provenance(
        of: taken,
        machine: machine,
        suiteDigest: "sha256:\(suiteDigest)",
        toolchain: kit.runtime.toolchainVersion,
        seed: seed,
        limits: assignment.limits
      )
    )
  }

  /// The seed of the tests, which follows from the suite and what it is run on.
  static func seed(suite: String, submission: String) -> UInt64 {
    let hex = Digest.hex(of: Array("\(suite) \(submission)".utf8))
    return UInt64(hex.prefix(16), radix: 16) ?? 0
  }
}

extension Grade {
  /// The grade of an archive of which nothing can be graded, for that reason.
  init(
    of taken: TakenIn,
    refused message: String,
    assignment: CourseAssignment?,
    machine: Machine,
    seed: UInt64?
  ) {
    self.init(
      assignment: assignment?.assignment.id,
      submission: taken.archive,
      status: .unreadable,
      score: .zero,
      maxScore: assignment?.assignment.maxScore,
      pendingPoints: assignment?.assignment.pendingPoints ?? .zero,
      message: message,
      tests: [],
      intake: taken.record,
      build: Grade.BuildRecord(status: .notTried, parts: [], diagnostics: ""),
      provenance: Provenance(
        of: taken,
        machine: machine,
        seed: seed,
        limits: assignment?.limits ?? GradingLimits()
      )
    )
  }
}

extension Provenance {
  fileprivate init(
    of taken: TakenIn,
    machine: Machine,
    suiteDigest: String? = nil,
    toolchain: String? = nil,
    seed: UInt64?,
    limits: GradingLimits
  ) {
    self.init(
      grader: Workshop.version,
      suiteDigest: suiteDigest,
      toolchain: toolchain,
      seed: seed.map { "\($0)" },
      limits: limits,
      jail: machine.record,
      replay: seed.map { "grader \(ShellWord.quoted(taken.archive.name)) --seed \($0)" },
      gradedAt: Date.now.formatted(.iso8601)
    )
  }
}
