import Foundation
import Synchronization
import Testing

@testable import GraderClass

/// The order in which the pool starts work, shown by work that hangs until enough of it has been
/// seen: nothing here depends on the time that anything takes.
@Suite struct WorkPoolTests {
  /// The state when the pool looks up.
  private struct Moment {
    /// The work that goes on, as the pool counts and as the work itself does.
    var (running, performing): (Int, Int)
    var ended: Int
    /// The number of times that the pool has looked up.
    var ticks: Int
  }

  /// A pool's record of twelve pieces of work.
  private struct Run {
    /// The work in the order in which it ended.
    var ended: [Int] = []
    /// The most that went on at once.
    var (mostRunning, mostPerforming) = (0, 0)
  }

  /// Runs work that hangs until there was enough, or for a minute if that never comes.
  private static func run(
    jobs: Int,
    patience: Duration,
    onlyTheFirstHangs: Bool = false,
    until enough: (Moment) -> Bool
  ) -> Run {
    let gate = Gate()
    let performing = Mutex((now: 0, most: 0))
    var queue = Array(0..<12)[...]
    var run = Run()
    var ticks = 0
    WorkPool<Int, Int>(jobs: jobs, patience: patience, interval: .milliseconds(5)).run(
      next: { queue.popFirst() },
      perform: { work in
        performing.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
        if work == 0 || !onlyTheFirstHangs { gate.pass() }
        performing.withLock { $0.now -= 1 }
        return work
      },
      finished: { _, work in run.ended.append(work) },
      tick: { running in
        run.mostRunning = max(run.mostRunning, running.count)
        ticks += 1
        let moment = Moment(
          running: running.count,
          performing: performing.withLock { $0.now },
          ended: run.ended.count,
          ticks: ticks
        )
        if enough(moment) || ticks > 12_000 { gate.open() }
      }
    )
    run.mostPerforming = performing.withLock { $0.most }
    return run
  }

  @Test func workThatHangsKeepsOthersWaitingForAsLongAsThereIsPatience() {
    let run = Self.run(jobs: 1, patience: .seconds(3600), onlyTheFirstHangs: true) {
      $0.ticks >= 10
    }
    #expect(run.ended == Array(0..<12))
  }

  @Test func workThatHangsDelaysNobody() {
    let run = Self.run(jobs: 1, patience: .milliseconds(1), onlyTheFirstHangs: true) {
      $0.ended == 11
    }
    #expect(run.ended == Array(1..<12) + [0])
  }

  @Test(arguments: [1, 3])
  func atMostSoManyAtOnce(jobs: Int) {
    let run = Self.run(jobs: jobs, patience: .seconds(3600)) {
      $0.performing == jobs && $0.ticks >= 10
    }
    #expect(run.mostRunning == jobs)
    #expect(run.mostPerforming == jobs)
    #expect(run.ended.sorted() == Array(0..<12))
  }

  /// However much hangs, the machine is not flooded.
  @Test func hangingWorkIsBoundedToo() {
    var full = 0
    let run = Self.run(jobs: 2, patience: .milliseconds(1)) { moment in
      full += moment.performing == 4 ? 1 : 0
      return full >= 10
    }
    #expect(run.mostRunning == 4)
    #expect(run.mostPerforming == 4)
  }
}

/// Closed until it is opened, and open ever after.
private final class Gate: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)

  func open() { semaphore.signal() }

  func pass() {
    semaphore.wait()
    semaphore.signal()
  }
}
