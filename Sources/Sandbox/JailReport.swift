/// What kind of jail this machine can hold, found out by trying.
package struct JailReport: Equatable, Sendable, Codable {
  /// What the findings depend on.
  var circumstances: Circumstances
  /// Path of the launcher that jails use: as root, a copy that every user can reach.
  package var launcher: String
  /// Path of bubblewrap, when it was given.
  package var bubblewrap: String?
  /// Whether jailed programs run as an unprivileged user of their own.
  package var dropsUser: Bool
  /// Why they do not although the grader is root.
  package var dropProblem: Problem?
  /// The levels that were tried, strongest first.
  package var trials: [Trial] = []

  /// The strongest level that holds.
  package var level: JailLevel { trials.first { $0.holds }?.level ?? .unjailed }

  /// Whether a level holds here; running without a jail always does.
  package func provides(_ level: JailLevel) -> Bool {
    level == .unjailed || trials.contains { $0.level == level && $0.holds }
  }

  /// One level, and how the probe fared in it.
  package struct Trial: Equatable, Sendable, Codable {
    /// The level that was tried.
    package var level: JailLevel
    /// What the launcher said it had put in force.
    package var enforcement: Enforcement?
    /// What each run of the probe found.
    package var findings: [Finding] = []
    /// Why the level does not hold; `nil` when it does.
    package var problem: Problem?

    /// Whether every attempt of the probe went as it must.
    package var holds: Bool { problem == nil }
  }

  /// One attempt of the probe.
  package struct Finding: Equatable, Sendable, Codable {
    /// What was in force: a filter's name, or the one defence that was left.
    package var under: String
    /// What was attempted.
    package var attempt: String
    /// Whether it succeeded.
    package var isAllowed: Bool
    /// Whether it should have.
    package var shouldBeAllowed: Bool
  }

  /// Why something does not hold, and what can be done.
  package struct Problem: Equatable, Sendable, Codable {
    /// What was observed.
    package var reason: String
    /// What to install or allow.
    package var hint: String?
  }
}
