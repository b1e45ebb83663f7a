/// Watches processes and all below them, glance by glance.
package struct ProcessWatch: Sendable {
  private let roots: [Int32]
  private var last = SuspendingClock.now
  private var computed: [Int32: UInt64] = [:]
  private var queued: [Int32: UInt64] = [:]

  /// A watch that begins now.
  package init(_ roots: Int32...) {
    self.roots = roots
    _ = look()
  }

  /// The state of the processes, and what they did since the last look.
  package mutating func look() -> Glance {
    let threads = ProcessTree.threads(below: roots)
    let now = SuspendingClock.now
    defer {
      last = now
      computed = Dictionary(threads.map { ($0.number, $0.computed) }) { $1 }
      queued = Dictionary(threads.map { ($0.number, $0.queued) }) { $1 }
    }
    let growth = threads.map { thread in
      let since = (computed[thread.number] ?? 0, queued[thread.number] ?? 0)
      return (
        computed: thread.computed - min(since.0, thread.computed),
        queued: thread.queued - min(since.1, thread.queued)
      )
    }
    return Glance(
      states: Set(threads.map(\.state)),
      seconds: (now - last) / .seconds(1),
      computed: Double(growth.reduce(0) { $0 + $1.computed }) / 1e9,
      // Threads that wait at the same time wait for each other; the longest wait is the run's.
      queued: Double(growth.map(\.queued).max() ?? 0) / 1e9
    )
  }
}

/// The state of some processes, and what they did since they were last looked at.
package struct Glance: Equatable, Sendable {
  /// The states of all threads together, the first of these that one of them is in.
  package enum State: Sendable {
    /// A signal or a debugger holds it.
    case stopped
    /// It waits for a disk, or for memory that is on one.
    case blocked
    /// It has the processor or waits for it.
    case running
    /// All of them wait for something else.
    case asleep
  }

  /// The state at this moment.
  package var state: State
  /// Seconds since the last look.
  package var seconds: Double
  /// Seconds of processor time since then, of all threads together.
  package var computed: Double
  /// Seconds since then that one of them waited for the processor, at the most.
  package var queued: Double

  /// A glance that saw this.
  package init(_ state: State, seconds: Double, computed: Double = 0, queued: Double = 0) {
    (self.state, self.seconds, self.computed, self.queued) = (state, seconds, computed, queued)
  }

  fileprivate init(states: Set<Substring>, seconds: Double, computed: Double, queued: Double) {
    let state: State =
      !states.isDisjoint(with: ["T", "t"])
      ? .stopped : states.contains("D") ? .blocked : states.contains("R") ? .running : .asleep
    self.init(state, seconds: seconds, computed: computed, queued: queued)
  }
}

/// The clock's time of a run in seconds, by what the program did meanwhile.
package struct TimeSheet: Equatable, Sendable {
  /// It computed.
  package private(set) var computing = 0.0
  /// It waited by its own choice: asleep, or for itself.
  package private(set) var idle = 0.0
  /// Somebody had stopped it.
  package private(set) var stopped = 0.0
  /// It wanted the processor and did not get it.
  package private(set) var starved = 0.0
  /// It waited for a disk, or for memory that was on one.
  package private(set) var blocked = 0.0
  /// Nobody looked for too long.
  package private(set) var unseen = 0.0

  /// The longest time between two looks of which the later one tells, in seconds.
  private static let sight = 1.0

  /// No time yet.
  package init() {}

  /// Enters the time between two looks.
  package mutating func add(_ glance: Glance) {
    let seen = min(glance.seconds, Self.sight)
    unseen += glance.seconds - seen
    let computed = min(glance.computed, seen)
    switch glance.state {
    case .stopped: stopped += seen
    case .blocked: blocked += seen
    case .running:
      computing += computed
      starved += seen - computed
    case .asleep:
      // It may have waited for the processor and had it, all since the last look.
      let queued = min(glance.queued, seen - computed)
      computing += computed
      starved += queued
      idle += seen - computed - queued
    }
  }
}
