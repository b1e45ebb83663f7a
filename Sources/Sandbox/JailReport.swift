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
