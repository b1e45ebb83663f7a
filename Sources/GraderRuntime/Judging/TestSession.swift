import Foundation
import GraderCore
import JudgeEvents
import Sandbox
import Synchronization

/// Runs all tests of a submission, a few at a time, and judges each.
struct TestSession: Sendable {
  let runner: TestRunner
  let assignment: Assignment
  let limits: GradingLimits
  /// The number of tests that run at once.
  let jobs: Int
  let build: PartwiseBuild.Outcome
  let symbolizer: Symbolizer
  /// Names slips; nil if nobody needs names.
  let slips: SlipFinder?
  /// Results that still stand, by test.
  let known: [String: Grade.TestResult]

  /// Results in the order of the rubric.
  func run() throws(GraderFault) -> [Grade.TestResult] {
    let started = SuspendingClock.now
    let budget = Duration.seconds(limits.submissionWallSeconds)
    let next = Atomic(0)
    let results = Mutex<[Int: Result<Row, GraderFault>]>([:])
    DispatchQueue.concurrentPerform(iterations: min(jobs, assignment.tests.count)) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < assignment.tests.count else { return }
        let test = assignment.tests[index]
        let isLate = SuspendingClock.now - started > budget
        let result = Result<Row, GraderFault> { () throws(GraderFault) in
          try self.result(of: test, isLate: isLate && test.limits?.outsideSubmissionTime != true)
        }
        results.withLock { $0[index] = result }
      }
    }
    var rows: [Row] = []
    for (_, result) in results.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
      rows.append(try result.get())
    }
    return CarriedErrors.applied(
      to: rows.map(\.result),
      tests: assignment.tests,
      carried: Set(rows.filter(\.isCarried).map(\.result.id))
    )
  }

  private struct Row {
    var result: Grade.TestResult
    var isCarried = false
  }

  private func result(
    of test: Assignment.Test,
    isLate: Bool
  ) throws(GraderFault) -> Row {
    if let known = known[test.id] { return Row(result: known) }
    if let blocked = blocker(of: test) { return Row(result: row(test, blocked)) }
    if isLate {
      let verdict = Verdict.notRun(.submissionTimeLimit(seconds: limits.submissionWallSeconds))
      return Row(result: row(test, Judgement(verdict: verdict)))
    }
    let own = limits.applying(test.limits)
    // XCTest itself hangs once in a great while, and a machine can be out of breath.
    do throws(Retriable) {
      return try attempt(test, limits: own)
    } catch {
      do throws(Retriable) {
        return try attempt(test, limits: own)
      } catch {
        throw error.fault
      }
    }
  }

  private struct Retriable: Error {
    var fault: GraderFault
  }

  private func attempt(
    _ test: Assignment.Test,
    limits: GradingLimits
  ) throws(Retriable) -> Row {
    do throws(GraderFault) {
      let run = try runner.run(test, limits: limits)
      let trap = try symbolizer.trap(
        in: run.worker.standardError.bytes,
        executable: runner.worker
      )
      let record = TestRecord(
        events: run.events,
        worker: run.workerEnd,
        judge: run.judge.ending,
        usage: TestRecord.Usage(
          cpuSeconds: run.worker.cpuSeconds,
          wallSeconds: run.wallSeconds,
          peakMemoryBytes: run.worker.peakMemoryBytes
        ),
        trap: trap,
        output: output(of: run),
        limits: limits
      )
      let judgement: Judgement
      do throws(JudgeFault) {
        judgement = try record.judgement(of: test.method, replaced: build.replaced)
      } catch {
        let said = Printable.block(run.judge.output)
        throw GraderFault(
          .broken,
          "The hidden test \(test.id) (\(test.method)) told nothing: \(error)\n\(said)",
          remedy: "Run `grader validate \(assignment.id)`, or grade again."
        )
      }
      return Row(
        result: row(test, try explained(judgement, test, record.usage), record: record),
        isCarried: judgement.isCarried
      )
    } catch {
      throw Retriable(fault: error)
    }
  }

  /// More processor time than this is not spent once more to name a slip.
  private static let longestRepeatedSeconds = 20.0

  /// The judgement with the slip behind a wrong answer, if it can be named.
  private func explained(
    _ judgement: Judgement,
    _ test: Assignment.Test,
    _ usage: TestRecord.Usage
  ) throws(GraderFault) -> Judgement {
    guard let slips, judgement.verdict.isWrongAnswer, !judgement.isCarried,
      usage.cpuSeconds <= Self.longestRepeatedSeconds,
      let slip = try slips.slip(behind: judgement.replies, of: test, runner: runner)
    else { return judgement }
    var explained = judgement
    explained.slip = slip
    return explained
  }

  /// A file that is needed and cannot be used.
  private func blocker(of test: Assignment.Test) -> Judgement? {
    guard let part = build.record.parts.first(where: { $0.name == test.part }) else { return nil }
    let blocker: Verdict.Blocker
    switch part.status {
    case .built: return nil
    case .blocked: blocker = .file(part.file)
    case .missing: blocker = .missingFile(part.file)
    }
    return Judgement(verdict: .notRun(blocker))
  }

  // MARK: Rows

  private func row(
    _ test: Assignment.Test,
    _ judgement: Judgement,
    record: TestRecord? = nil
  ) -> Grade.TestResult {
    let part = build.record.parts.first { part in
      if case .notRun(.file(let file)) = judgement.verdict { part.file == file } else { false }
    }
    let staff = [
      judgement.issues.joined(separator: "\n"),
      record.map { $0.output.isEmpty ? "" : "The program printed:\n\($0.output)" } ?? "",
    ].filter { !$0.isEmpty }.joined(separator: "\n")
    return Grade.TestResult(
      id: test.id,
      title: test.title,
      status: judgement.verdict.kind,
      score: judgement.verdict.score(of: test.points),
      maxScore: test.points,
      visibility: test.visibility,
      message: StudentText.message(
        for: judgement,
        trap: record?.trap,
        reason: part?.message
      ),
      staffMessage: staff,
      usage: record?.usage
    )
  }

  private func output(of run: TestRunner.Run) -> String {
    let streams = [run.worker.standardOutput, run.worker.standardError]
    return streams.filter { $0.totalBytes > 0 }.map { stream in
      let dropped = stream.totalBytes - stream.bytes.count
      let text = Printable.block(stream.bytes, longest: 4_000)
      return dropped > 0 ? "\(text)\n(\(dropped) more bytes were not kept)" : text
    }.joined(separator: "\n")
  }
}
