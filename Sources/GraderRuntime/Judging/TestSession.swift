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
  /// The words that the student may be told of those that the code says.
  let ownWords: OwnWords
  let tools: ToolJail
  /// A folder for the toolchain's jobs.
  let work: WorkFolder
  /// Results that still stand, by test.
  let known: [String: Grade.TestResult]
  /// Proves that tests are wrong by errors of other functions alone.
  let trials: StandInTrials

  /// All tests with their points, in the order of the rubric.
  func run() throws(GraderFault) -> [ScoredTest] {
    // Some of those before it may still run: what is too late by the others' time stays so.
    let seconds = Mutex<[Int: Double]>([:])
    var done: [String: ScoredTest] = [:]
    for round in assignment.rounds {
      let earlier = done
      let tests = try Concurrent.map(round, jobs: jobs) { place throws(GraderFault) in
        let spent = seconds.withLock { $0.reduce(0) { $0 + ($1.key < place ? $1.value : 0) } }
        let test = try scored(assignment.tests[place], after: spent, earlier)
        seconds.withLock { $0[place] = time.seconds(of: test) }
        return test
      }
      for test in tests { done[test.id] = test }
    }
    let inTime = time.applied(to: assignment.tests.compactMap { done[$0.id] })
    let tests = UnmetConditions.applied(to: inTime, of: assignment)
    let compositions = Compositions(
      runner: runner,
      limits: limits,
      jobs: jobs
    )
    let composed = try compositions.added(to: tests)
    return CarriedErrors.applied(to: try trials.added(to: composed))
  }

  private var time: SubmissionTime { SubmissionTime(limits: limits) }

  private func scored(
    _ test: Assignment.Test,
    after spent: Double,
    _ earlier: [String: ScoredTest]
  ) throws(GraderFault) -> ScoredTest {
    // What that one waited for may pass now.
    if let known = known[test.id], known.status != .notJudged { return .standing(known) }
    if let blocker = build.record.blocker(of: test) {
      return .judged(JudgedTest(test, Judgement(verdict: .notRun(blocker))))
    }
    if let verdict = UnmetConditions.verdict(on: test, after: earlier) {
      return .judged(JudgedTest(test, Judgement(verdict: verdict)))
    }
    if time.isLate(test, after: spent) { return time.late(test) }
    let own = limits.applying(test.limits)
    // XCTest itself hangs once in a great while, and a machine can be out of breath.
    do throws(Retriable) {
      return .judged(try attempt(test, limits: own))
    } catch {
      // It ran again, alone, before that was said.
      if case .disturbed = error.fault.fact { throw error.fault }
      do throws(Retriable) {
        return .judged(try attempt(test, limits: own))
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
  ) throws(Retriable) -> JudgedTest {
    do throws(GraderFault) {
      let run = try runner.run(test, limits: limits)
      let symbolizer = Symbolizer(jail: tools, work: work, limits: limits, program: run.program)
      let trap = try symbolizer.trap(in: run.worker.standardError.bytes)
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
        judgement = try record.judgement(
          of: test.method,
          replaced: build.replaced,
          ownWords: ownWords
        )
      } catch {
        throw GraderFault(
          .broken,
          "The hidden test \(test.id) (\(test.method)) told nothing.",
          remedy: "Run `grader validate \(assignment.id)`, or grade again.",
          detail: "\(error)\n\(Printable.block(run.judge.output))"
        )
      }
      return JudgedTest(test, judgement, output: record.output, usage: record.usage)
    } catch {
      throw Retriable(fault: error)
    }
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
