import GraderCore
import Testing

/// Whoever pretends to be somebody else's victim, looks for another way out, or speaks out of turn
/// gets nowhere.
@Suite struct PretenceTests {
  private static let forbidden =
    "Your code tried something that a solution may not do (files, network, processes)"
    + " in {function}, and was stopped."

  private static func refused(_ name: String, _ code: String) -> Attack {
    .futile(name, code, prints: "refused")
  }

  static let battery = Battery([
    refused("killing itself", "attempt(raise(SIGKILL))"),
    refused("stopping itself", "attempt(raise(SIGSTOP))"),
    refused("stopping itself as a terminal does", "attempt(kill(getpid(), SIGTSTP))"),
    Attack(
      "ending as a shutdown does",
      "raise(SIGTERM)",
      .crashed,
      "Crashed (signal 15) in {function}."
    ),
    refused("another user", "attempt(setuid(0))"),
    refused("precedence over others", "attempt(setpriority(__priority_which_t(0), 0, -20))"),
    refused("a session of its own", "attempt(setsid())"),
    refused(
      "memory that others can open",
      #"attempt(shm_open("/chainrule", O_RDWR | O_CREAT, 0o666))"#
    ),
    refused("memory that outlives it", "attempt(shmget(7, 4096, 0o1666))"),
    refused(
      "a pair of sockets",
      "var pair: [Int32] = [0, 0]; "
        + "attempt(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair))"
    ),
    Attack("another root", #"attempt(chroot("/tmp"))"#, .crashed, forbidden),
    Attack("the system's accounts", "attempt(acct(nil))", .crashed, forbidden),
    Attack(
      "another zone of time for all",
      "var zone = timezone(); attempt(settimeofday(nil, &zone))",
      .crashed,
      forbidden
    ),
    // The first of two answers, whatever it says, is followed by bytes that nobody asked for.
    Attack(
      "an answer of its own before its answer",
      "var f: [UInt8] = [9, 0, 0, 0] + [UInt8](repeating: 0, count: 17); "
        + "for n in 0..<4 { f[4] = UInt8(n); write(3, &f, 21) }",
      .badReply,
      "Something other than the result arrived from your code in {function}: "
        + "a solution must not write to open file descriptors."
    ),
  ])

  @Test(.beyondTheSample(cases: battery.cases.count), arguments: battery.cases)
  func outcome(attempt: Battery.Case) throws {
    try Self.battery.expectOutcome(of: attempt)
  }

  @Test(.beyondTheSample(cases: Jails.levels.count), arguments: Jails.levels)
  func noHarm(level: String) throws {
    try Self.battery.expectNoHarm(at: level, withinProcessorSeconds: 60)
  }
}
