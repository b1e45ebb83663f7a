import Foundation
package import GraderCore
import Sandbox

/// Grades one archive from end to end.
package struct Pipeline: Sendable {
  /// What a caller decides about a run.
  package struct Options: Sendable {
    /// The assignment; found from the archive's content if nil.
    package var assignment: String?
    /// The tests' seed; derived from suite and submission if nil.
    package var seed: UInt64?
    /// How many tests run at once.
    package var jobs: Int
    /// Results that still stand, by test; these tests are not run.
    package var known: [String: Grade.TestResult] = [:]

    /// These choices.
    package init(assignment: String? = nil, seed: UInt64? = nil, jobs: Int? = nil) {
      self.assignment = assignment
      self.seed = seed
      self.jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    }
  }

  /// What is graded.
  package let course: Course
  /// What holds untrusted code.
  package let machine: Machine
  let cache: Cache

  /// A pipeline over a course, on a machine that can hold untrusted code.
  package init(course: Course, machine: Machine, cache: Cache) {
    self.course = course
    self.machine = machine
    self.cache = cache
  }

  /// Grades an archive.
  ///
  /// - Throws: `GraderFault` when the fault is ours; whatever the student did is in the grade.
  package func grade(archive path: String, options: Options = Options()) throws(GraderFault)
    -> Grade
  {
    let archive = try Archive(path: path)
    let intake = try IntakeStep(course: course, machine: machine).run(
      archive,
      chosen: options.assignment
    )
    switch intake {
    case .refused(let refusal):
      return try refused(archive, refusal, options: options)
    case .accepted(let accepted):
      let grading = try Grading(accepted.assignment, course: course, machine: machine, cache: cache)
      return try grade(archive, accepted, grading: grading, options: options)
    }
  }

  /// What intake makes of an archive; nothing is built or run.
  package func look(
    into path: String,
    chosen: String?
  ) throws(GraderFault) -> IntakeTable.Facts {
    let archive = try Archive(path: path)
    switch try IntakeStep(course: course, machine: machine).run(archive, chosen: chosen) {
    case .refused(let refusal):
      return IntakeTable.Facts(
        name: archive.name,
        assignment: chosen,
        problem: refusal.message,
        record: refusal.record
      )
    case .accepted(let accepted):
      return IntakeTable.Facts(
        name: archive.name,
        assignment: accepted.assignment.assignment.id,
        problem: nil,
        record: accepted.record
      )
    }
  }

  func refused(
    _ archive: Archive,
    _ refusal: IntakeStep.Refusal,
    options: Options
  ) throws(GraderFault) -> Grade {
    let assignment = try options.assignment.map { id throws(GraderFault) in
      try course.assignment(id)
    }
    let limits = assignment?.limits ?? GradingLimits()
    return Grade(
      assignment: assignment?.assignment.id,
      submission: Grade.SubmissionRecord(
        name: archive.name,
        archiveDigest: "sha256:\(archive.digest)",
        digest: nil
      ),
      status: .unreadable,
      score: .zero,
      maxScore: assignment?.assignment.maxScore,
      pendingPoints: assignment?.assignment.pendingPoints ?? .zero,
      message: refusal.message,
      tests: [],
      intake: refusal.record,
      build: Grade.BuildRecord(status: .notTried, parts: [], diagnostics: ""),
      provenance: provenance(
        archive,
        suiteDigest: nil,
        toolchain: nil,
        seed: options.seed,
        limits: limits
      )
    )
  }

  /// Builds and tests what intake kept.
  func grade(
    _ archive: Archive,
    _ accepted: IntakeStep.Accepted,
    grading: Grading,
    options: Options
  ) throws(GraderFault) -> Grade {
    let assignment = grading.assignment
    let limits = assignment.limits
    let built = try grading.build(accepted.sources)
    let build = built.outcome
    let seed = options.seed ?? Self.seed(suite: grading.suiteDigest, submission: accepted.digest)
    var tests = try grading.test(
      built,
      seed: seed,
      jobs: options.jobs,
      known: options.known
    )
    tests += assignment.assignment.pending.map { item in
      Grade.TestResult(pending: item, isMissing: accepted.record.missing.contains(item.file))
    }
    return Grade(
      assignment: assignment.assignment.id,
      submission: Grade.SubmissionRecord(
        name: archive.name,
        archiveDigest: "sha256:\(archive.digest)",
        digest: "sha256:\(accepted.digest)"
      ),
      status: Self.status(tests, build: build),
      score: tests.map(\.score).total,
      maxScore: assignment.assignment.maxScore,
      pendingPoints: assignment.assignment.pendingPoints,
      message: Self.message(build),
      tests: tests,
      intake: accepted.record,
      build: build.record,
      provenance: provenance(
        archive,
        suiteDigest: grading.suiteDigest,
        toolchain: grading.kit.runtime.toolchainVersion,
        seed: seed,
        limits: limits
      )
    )
  }

  private static func status(
    _ tests: [Grade.TestResult],
    build: PartwiseBuild.Outcome
  ) -> Grade.Status {
    if build.worker == nil { return .didNotBuild }
    return tests.contains { $0.status == .notRun } ? .incomplete : .graded
  }

  private static func message(_ build: PartwiseBuild.Outcome) -> String {
    guard build.worker == nil else {
      return build.dropped.map { "\($0.path) was left out. \($0.reason)" }.joined(separator: "\n")
    }
    return "Nothing could be graded: no part of the code compiles. "
      + "Run `swift build` in the assignment's folder and mend what it reports."
  }

  static func seed(suite: String, submission: String) -> UInt64 {
    let hex = Digest.hex(of: Array("\(suite) \(submission)".utf8))
    return UInt64(hex.prefix(16), radix: 16) ?? 0
  }

  private func provenance(
    _ archive: Archive,
    suiteDigest: String?,
    toolchain: String?,
    seed: UInt64?,
    limits: GradingLimits
  ) -> Provenance {
    Provenance(
      grader: Self.version,
      suiteDigest: suiteDigest.map { "sha256:\($0)" },
      toolchain: toolchain,
      seed: seed.map { "\($0)" },
      limits: limits,
      jail: machine.record,
      replay: seed.map { "grader \(ShellWord.quoted(archive.name)) --seed \($0)" },
      gradedAt: Date.now.formatted(.iso8601)
    )
  }

  /// The grader's version.
  package static let version = "0.2"
}

extension Grade.TestResult {
  init(unbuilt test: Assignment.Test, build: Grade.BuildRecord) {
    let part = build.parts.first { $0.name == test.part }
    let blocker: Verdict.Blocker =
      part?.status == .missing ? .missingFile(part?.file ?? "") : .file(part?.file ?? test.part)
    let judgement = Judgement(verdict: .notRun(blocker))
    self.init(
      id: test.id,
      title: test.title,
      status: judgement.verdict.kind,
      score: .zero,
      maxScore: test.points,
      visibility: test.visibility,
      message: StudentText.message(for: judgement, trap: nil, reason: part?.message),
      staffMessage: "",
      usage: nil
    )
  }

  init(pending item: Assignment.PendingItem, isMissing: Bool) {
    self.init(
      id: item.id,
      title: item.title,
      status: .pending,
      score: .zero,
      maxScore: item.points,
      visibility: .visible,
      message: isMissing
        ? "\(item.file) is not in the archive."
        : StudentText.message(for: Judgement(verdict: .pending), trap: nil),
      staffMessage: "",
      usage: nil
    )
  }
}
