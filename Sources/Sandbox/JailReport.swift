import Glibc

/// The kinds of jail that this machine can hold, found out by trying.
package struct JailReport: Equatable, Sendable, Codable {
  /// The circumstances of the findings.
  var circumstances: Circumstances
  /// Path of the launcher that jails use: as root, a copy that every user can reach.
  package var launcher: String
  /// Path of bubblewrap, when it was given.
  package var bubblewrap: String?
  /// True if jailed programs run as an unprivileged user of their own.
  package var dropsUser: Bool
  /// The reason why they do not although the grader is root.
  package var dropProblem: Problem?
  /// True if runs can share namespaces and still have each a user of its own where the grader is
  /// root.
  package var sharesNamespaces = false
  /// The levels that were tried, strongest first.
  package var trials: [Trial] = []

  /// The strongest level that holds.
  package var level: JailLevel { trials.first { $0.holds }?.level ?? .unjailed }

  /// Tells whether a level holds here; running without a jail always does.
  package func provides(_ level: JailLevel) -> Bool {
    level == .unjailed || trials.contains { $0.level == level && $0.holds }
  }

  /// One level, and how the probe fared in it.
  package struct Trial: Equatable, Sendable, Codable {
    /// The level that was tried.
    package var level: JailLevel
    /// The defences that the launcher said it had put in force.
    package var enforcement: Enforcement?
    /// The findings of the runs of the probe.
    package var findings: [Finding] = []
    /// The reason why the level does not hold; `nil` when it does.
    package var problem: Problem?

    /// True if every attempt of the probe went as it must.
    package var holds: Bool { problem == nil }
  }

  /// One attempt of the probe.
  package struct Finding: Equatable, Sendable, Codable {
    /// The defence in force: a filter's name, or the one defence that was left.
    package var under: String
    /// The attempt.
    package var attempt: String
    /// True if it succeeded.
    package var isAllowed: Bool
    /// True if it should have succeeded.
    package var shouldBeAllowed: Bool
  }

  /// The reason why something does not hold, and a remedy.
  package struct Problem: Equatable, Sendable, Codable {
    /// The observation.
    package var reason: String
    /// The remedy: things to install or allow.
    package var hint: String?
  }
}

extension JailReport {
  /// Tells whether the report was made of these programs, on this machine, and nothing has changed
  /// since.
  package func isCurrent(launcher: String, bubblewrap: String?) -> Bool {
    circumstances == .current(launcher: launcher, bubblewrap: bubblewrap)
      && access(self.launcher, X_OK) == 0
  }

  /// The circumstances of a report: cheap to find out, and equal as long as the report holds.
  struct Circumstances: Equatable, Sendable, Codable {
    /// The version of the kernel.
    var kernel: String
    /// Changes with each start of the machine.
    var boot: String
    /// The settings of the machine, and the container's.
    var facts: MachineFacts
    /// Identity of the launcher's and bubblewrap's files.
    var programs: [String]

    /// The circumstances of this moment.
    static func current(launcher: String, bubblewrap: String?) -> Circumstances {
      Circumstances(
        kernel: line(of: "/proc/sys/kernel/version"),
        boot: line(of: "/proc/sys/kernel/random/boot_id"),
        facts: .current(),
        programs: [launcher, bubblewrap].compactMap { $0.map(identity) }
      )
    }
  }
}

private func identity(_ path: String) -> String {
  var status = stat()
  guard stat(path, &status) == 0 else { return "\(path): missing" }
  let modified = status.st_mtim
  return "\(path): \(status.st_size) bytes of \(modified.tv_sec).\(modified.tv_nsec)"
}

extension JailReport.Problem {
  static let noBubblewrap = JailReport.Problem(
    reason: "bubblewrap is not installed",
    hint: "install it: apt-get install bubblewrap"
  )

  /// The problem that a run of the probe showed; `nil` when everything went as it must.
  init?(unexpected findings: [JailReport.Finding]) {
    let wrong = findings.filter { $0.isAllowed != $0.shouldBeAllowed }
    guard !wrong.isEmpty else { return nil }
    let list = wrong.map {
      "\($0.attempt) was \($0.isAllowed ? "allowed" : "denied") under \($0.under)"
    }
    reason = list.joined(separator: ", ")
  }

  init(_ fault: SandboxFault, on facts: MachineFacts) {
    switch fault {
    case .launcherBroke(let what), .launcherVanished(let what): reason = what
    case .launcherKilled(let signal): reason = "signal \(signal) ended the launcher"
    case .system(let call, let error): reason = "\(call): \(error)"
    case .unavailable(let level): reason = "\(level.rawValue) is not available"
    }
    hint = JailAdvice.remedy(for: reason, on: facts)
  }
}
