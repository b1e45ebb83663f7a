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
  /// Results that still stand, by test.
  let known: [String: Grade.TestResult]

  /// All tests with their points, in the order of the rubric.
  func run() throws(GraderFault) -> [ScoredTest] {
    let next = Atomic(0)
    let results = Mutex<[Int: Result<ScoredTest, GraderFault>]>([:])
    DispatchQueue.concurrentPerform(iterations: min(jobs, assignment.tests.count)) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < assignment.tests.count else { return }
        // Some of those before it may still run: what is too late by the others' time stays so.
        let spent = results.withLock { known in
          known.reduce(0) { sum, entry in
            guard entry.key < index, case .success(let test) = entry.value else { return sum }
            return sum + time.seconds(of: test)
          }
        }
        let result = Result<ScoredTest, GraderFault> { () throws(GraderFault) in
          try scored(assignment.tests[index], after: spent)
        }
        results.withLock { $0[index] = result }
      }
    }
    var tests: [ScoredTest] = []
    for (_, result) in results.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
      tests.append(try result.get())
    }
    let compositions = Compositions(
      runner: runner,
      limits: limits,
      jobs: jobs,
      symbolizer: symbolizer
    )
    return CarriedErrors.applied(to: try compositions.added(to: time.applied(to: tests)))
  }

  private var time: SubmissionTime { SubmissionTime(limits: limits) }

  private func scored(
    _ test: Assignment.Test,
    after spent: Double
  ) throws(GraderFault) -> ScoredTest {
    if let known = known[test.id] { return .standing(known) }
    if let blocker = build.record.blocker(of: test) {
      return .judged(JudgedTest(test, Judgement(verdict: .notRun(blocker))))
    }
    if time.isLate(test, after: spent) { return time.late(test) }
    let own = limits.applying(test.limits)
    // XCTest itself hangs once in a great while, and a machine can be out of breath.
    do throws(Retriable) {
      return .judged(try attempt(test, limits: own))
    } catch {
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
