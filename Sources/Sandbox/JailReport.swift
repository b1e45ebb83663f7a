/// What kind of jail this machine can hold, found out by trying.
public struct JailReport: Equatable, Sendable, Codable {
  /// What the findings depend on.
  var circumstances: Circumstances
  /// Path of the launcher that jails use: as root, a copy that every user can reach.
  public var launcher: String
  /// Path of bubblewrap, when it was given.
  public var bubblewrap: String?
  /// Whether jailed programs run as an unprivileged user of their own.
  public var dropsUser: Bool
  /// Why they do not although the grader is root.
  public var dropProblem: Problem?
  /// The levels that were tried, strongest first.
  public var trials: [Trial] = []

  /// The strongest level that holds.
  public var level: JailLevel { trials.first { $0.holds }?.level ?? .unjailed }

  /// Whether a level holds here; running without a jail always does.
  public func provides(_ level: JailLevel) -> Bool {
    level == .unjailed || trials.contains { $0.level == level && $0.holds }
  }

  /// One level, and how the probe fared in it.
  public struct Trial: Equatable, Sendable, Codable {
    /// The level that was tried.
    public var level: JailLevel
    /// What the launcher said it had put in force.
    public var enforcement: Enforcement?
    /// What each run of the probe found.
    public var findings: [Finding] = []
    /// Why the level does not hold; `nil` when it does.
    public var problem: Problem?

    /// Whether every attempt of the probe went as it must.
    public var holds: Bool { problem == nil }
  }

  /// One attempt of the probe.
  public struct Finding: Equatable, Sendable, Codable {
    /// What was in force: a filter's name, or the one defence that was left.
    public var under: String
    /// What was attempted.
    public var attempt: String
    /// Whether it succeeded.
    public var isAllowed: Bool
    /// Whether it should have.
    public var shouldBeAllowed: Bool
  }

  /// Why something does not hold, and what can be done.
  public struct Problem: Equatable, Sendable, Codable {
    /// What was observed.
    public var reason: String
    /// What to install or allow.
    public var hint: String?
  }
}
