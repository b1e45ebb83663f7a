import Foundation
import Synchronization

/// Runs work on threads, a few at a time, and gives the results to one thread.
///
/// Work that goes on for longer than `patience` no longer keeps others waiting: another thread
/// takes its place, for at most `jobs` of them.
struct WorkPool<Work: Sendable, Result: Sendable> {
  var jobs: Int
  var patience: Duration
  /// The longest time between two calls of `tick`.
  var interval: Duration = .milliseconds(200)

  /// Work that goes on.
  struct Running {
    var work: Work
    var since: SuspendingClock.Instant
  }

  /// Runs until there is no more work and all has ended.
  ///
  /// - Parameters:
  ///   - next: The next work, or nil if there is none for now.
  ///   - perform: Does it, on a thread of its own.
  ///   - finished: Takes the result, on the calling thread.
  ///   - tick: Called now and then with all that goes on, on the calling thread.
  func run(
    next: () -> Work?,
    perform: @escaping @Sendable (Work) -> Result,
    finished: (Work, Result) -> Void,
    tick: ([Running]) -> Void
  ) {
    let mailbox = Mailbox<Result>()
    var running: [Int: Running] = [:]
    var started = 0
    while true {
      let slow = running.values.count { $0.since + patience < .now }
      var free = jobs + min(slow, jobs) - running.count
      while free > 0, let work = next() {
        let number = started
        started += 1
        free -= 1
        running[number] = Running(work: work, since: .now)
        let thread = Thread { mailbox.put(perform(work), number) }
        thread.stackSize = 8 << 20
        thread.start()
      }
      tick(running.sorted { $0.key < $1.key }.map(\.value))
      guard !running.isEmpty else { return }
      for (number, result) in mailbox.take(within: interval) {
        guard let work = running.removeValue(forKey: number)?.work else { continue }
        finished(work, result)
      }
    }
  }
}

/// Results on their way to the thread that waits for them.
private final class Mailbox<Result: Sendable>: Sendable {
  private let results = Mutex<[(Int, Result)]>([])
  private let arrived = DispatchSemaphore(value: 0)

  func put(_ result: Result, _ number: Int) {
    results.withLock { $0.append((number, result)) }
    arrived.signal()
  }

  /// All results that are there; waits for the first for a while.
  func take(within interval: Duration) -> [(Int, Result)] {
    let milliseconds = Int(interval / .milliseconds(1))
    _ = arrived.wait(timeout: .now() + .milliseconds(milliseconds))
    return results.withLock { results in
      defer { results = [] }
      return results
    }
  }
}
