/// The facts about a jailed run, from which it follows whose doing its end was.
package struct RunFacts: Equatable, Sendable {
  /// The end of the program.
  package var end: TestRecord.End
  /// Its processor time, in seconds.
  package var cpuSeconds: Double
  /// The limit of its processor time, in seconds.
  package var cpuLimit: Int
  /// Its largest resident memory, in bytes.
  package var peakMemoryBytes: Int
  /// The limit of its memory, in bytes.
  package var memoryLimit: Int
  /// The seconds in which it waited by its own choice: asleep, or for itself.
  package var idleSeconds = 0.0
  /// The seconds that it may wait so.
  package var wallLimit: Double
  /// The seconds that something else took from it.
  package var hindrances: [Disturbance: Double] = [:]
  /// Processes that the system killed meanwhile for want of memory, if it tells.
  package var systemKills = 0

  /// These facts; nothing took time from it.
  package init(
    end: TestRecord.End,
    cpuSeconds: Double,
    cpuLimit: Int,
    peakMemoryBytes: Int,
    memoryLimit: Int,
    wallLimit: Double
  ) {
    (self.end, self.wallLimit) = (end, wallLimit)
    (self.cpuSeconds, self.cpuLimit) = (cpuSeconds, cpuLimit)
    (self.peakMemoryBytes, self.memoryLimit) = (peakMemoryBytes, memoryLimit)
  }

  /// Tells whether a program that was killed after so many seconds of processor time was so at its
  /// limit of them: the kernel that kills counts by another clock than the one that tells.
  package static func isUsedUp(_ cpuLimit: Int, by cpuSeconds: Double) -> Bool {
    cpuSeconds >= Double(cpuLimit) * 0.98
  }

  /// The one behind the end.
  ///
  /// A jailed program can neither kill nor stop itself: whoever was killed below its limit of
  /// processor time was so from outside. But it can wait, and fill the machine's memory.
  package var cause: Cause {
    switch end {
    case .signaled(Signal.kill): killer
    case .stoppedAtDeadline: waiting
    case .exited, .signaled, .dismissed: .own
    }
  }

  private var killer: Cause {
    // The kernel's second shot at a program that caught the first.
    if Self.isUsedUp(cpuLimit, by: cpuSeconds) { return .own }
    guard systemKills > 0 else { return .disturbed(.killed) }
    let isLarge = peakMemoryBytes >= memoryLimit / 10 * 9
    return isLarge ? .likelyOwn : .disturbed(.machineOutOfMemory)
  }

  private var waiting: Cause {
    if idleSeconds >= wallLimit * 0.9 { return .likelyOwn }
    let worst = hindrances.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }
    guard let worst, hindrances.values.reduce(0, +) >= wallLimit / 4 else { return .likelyOwn }
    return .disturbed(worst.key)
  }
}
