import Glibc
import Synchronization

/// Puts commands behind the launcher, at a level that was proven to work on this machine.
package struct Jail: Sendable {
  /// The report on this machine.
  package let report: JailReport
  /// The strength of the jail.
  package let level: JailLevel

  /// A jail of the strongest level that the report proves.
  package init(_ report: JailReport) {
    self.report = report
    level = report.level
  }

  /// A jail of exactly this level.
  ///
  /// - Throws: `SandboxFault.unavailable` when the report does not prove the level.
  package init(_ report: JailReport, level: JailLevel) throws(SandboxFault) {
    guard report.provides(level) else { throw .unavailable(level) }
    self.init(report: report, unprovenLevel: level)
  }

  /// For the examination that makes the report.
  init(report: JailReport, unprovenLevel level: JailLevel) {
    self.report = report
    self.level = level
  }

  /// Puts the launcher in front of a command; nothing is touched before it is spawned.
  package func wrap(_ command: Command, _ policy: JailPolicy) -> JailedCommand {
    var plan = LaunchPlan(command: command, policy: policy, level: level, report: report)
    if report.dropsUser && !policy.isTrusted && !policy.omitted.contains(.user) {
      plan.user = Jail.nextUser(of: Jail.users)
    }
    return plan.jailedCommand
  }

  /// The same for the server of a session, whose namespace numbers users from its root.
  func order(_ command: Command, _ policy: JailPolicy) -> JailedCommand {
    var plan = LaunchPlan(command: command, policy: policy, level: level, report: report)
    plan.isInSession = true
    if report.dropsUser { plan.user = Jail.nextUser(of: 1..<UInt32(Jail.users.count)) }
    return plan.jailedCommand
  }

  private static let runs = Atomic<UInt32>(0)

  /// The users of jailed runs: numbers that systemd's table of user ids leaves unused.
  static let users: Range<UInt32> = 60_706..<61_184

  /// A user that no other run is likely to have now.
  ///
  /// So runs share no count of threads, and
  /// cannot reach each other's processes whatever a filter lets through.
  private static func nextUser(of users: Range<UInt32>) -> UInt32 {
    let run = runs.wrappingAdd(1, ordering: .relaxed).oldValue
    return users.lowerBound + (run &+ UInt32(getpid()) &* 31) % UInt32(users.count)
  }
}

/// The strength of a jail; the architecture page says what each level takes.
package enum JailLevel: String, Comparable, CaseIterable, Sendable, Codable {
  /// Nothing but limits and supervision.
  case unjailed = "none"
  /// Landlock, a filter of system calls, limits.
  case restricted = "L2"
  /// The same inside namespaces of its own.
  case isolated = "L3"

  /// Tells whether the left one is weaker.
  package static func < (left: JailLevel, right: JailLevel) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .unjailed: 0
    case .restricted: 2
    case .isolated: 3
    }
  }
}

/// A failure of the sandbox itself: never the program's doing, never a verdict on it.
package enum SandboxFault: Error, Equatable, Sendable {
  /// The operating system refused a call of ours.
  case system(call: String, SystemError)
  /// The launcher could not put a restriction in force, or not start the program.
  case launcherBroke(String)
  /// The launcher ended by itself without saying how the program ended.
  case launcherVanished(String)
  /// Somebody killed the launcher.
  case launcherKilled(signal: Int32)
  /// This machine offers no jail of the level that was asked for.
  case unavailable(JailLevel)

  /// True if it may not come again, so that it says nothing about what this machine can hold.
  ///
  /// Asked while that is found out: what is not known to pass is the machine's.
  package var mayPass: Bool {
    switch self {
    case .system(_, let error): error.mayPass
    case .launcherKilled: true
    // Bubblewrap has no other way to tell; of namespaces it says "no space" for good.
    case .launcherVanished(let words):
      SystemError.passing.contains {
        words.contains(": \($0)") && !($0.code == ENOSPC && words.contains("namespace"))
      }
    case .launcherBroke, .unavailable: false
    }
  }

  /// True if it may not come again in a jail that has been seen to hold: there what nobody knows
  /// the reason of is taken to pass.
  package var mayPassWhereJailHeld: Bool {
    switch self {
    case .system, .launcherVanished, .launcherKilled: true
    case .launcherBroke, .unavailable: false
    }
  }
}

extension SystemError {
  /// Want of something that others may give back, and a device that failed.
  static let passing = [ENOSPC, EDQUOT, EMFILE, ENFILE, EAGAIN, ENOMEM, EIO].map(Self.init(code:))

  /// True if the same call may go well another time, with nothing set otherwise.
  package var mayPass: Bool { Self.passing.contains(self) }
}
