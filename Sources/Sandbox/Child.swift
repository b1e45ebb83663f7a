import CGlibc
import Glibc

/// A running program and all it may have started; ending it consumes the value.
///
/// When the value is dropped, or the grader dies in whatever way, the program is killed: its
/// supervisor watches a pipe whose other end only this process holds.
package struct Child: ~Copyable, Sendable {
  /// The process that stands for the program in the caller's process namespace.
  package let processIdentifier: Int32
  private let thread: pthread_t
  /// Owned by the listener, which lives until the thread is joined.
  private let status: Int32
  private let lifeline: Int32
  /// True if this process is the supervisor's parent; false in a session, whose server is.
  private let isOurs: Bool

  /// The time that a supervisor may take to kill and reap before it is killed itself.
  private static var grace: Duration { .seconds(5) }

  init(
    process: pid_t,
    isOurs: Bool,
    listener: consuming Listener,
    lifeline: Int32
  ) throws(SandboxFault) {
    status = listener.status.number
    do throws(SandboxFault) {
      thread = try Listener.start(listener)
    } catch {
      kill(process, SIGKILL)
      if isOurs { waitpid(process, nil, 0) }
      close(lifeline)
      throw error
    }
    processIdentifier = process
    self.lifeline = lifeline
    self.isOurs = isOurs
  }

  deinit {
    close(lifeline)
    _ = joinAfterCut()
    _ = reap()
  }

  /// Waits for the end, or until the deadline, when the program and all it started are killed.
  ///
  /// Blocks the calling thread. Nothing of the program is left when it returns or throws.
  ///
  /// - Throws: `SandboxFault` when the jail broke, which says nothing about the program.
  package consuming func wait(
    until deadline: SuspendingClock.Instant? = nil
  ) throws(SandboxFault) -> Outcome {
    let listener = join(until: deadline)
    close(lifeline)
    let finished = listener ?? joinAfterCut()
    let waitStatus = reap()
    discard self
    return try Outcome(listener: finished, waitStatus: waitStatus)
  }

  /// Kills the program and all it started, and reaps it.
  package consuming func stop() throws(SandboxFault) -> Outcome {
    try wait(until: .now)
  }

  /// Waits for the end or the deadline, whichever is first; nothing is killed, but for what has
  /// lost its supervisor.
  ///
  /// - Returns: Whether the program and its supervisor have ended.
  package borrowing func hasEnded(by deadline: SuspendingClock.Instant?) -> Bool {
    var polled = pollfd(fd: status, events: 0, revents: 0)
    repeat {
      let left = deadline.map { max(.zero, $0 - .now) / .milliseconds(1) } ?? Self.longestPoll
      // No events are asked for: what is reported is the hang-up, when the last writer is gone.
      poll(&polled, 1, Int32(min(left.rounded(.up), Self.longestPoll)))
      if polled.revents == 0, hasLostSupervisor { kill(-processIdentifier, SIGKILL) }
    } while polled.revents == 0 && deadline.map { $0 > .now } ?? true
    return polled.revents != 0
  }

  /// The time in milliseconds after which a supervisor is looked for again.
  private static var longestPoll: Double { 500 }

  /// True if somebody killed the supervisor: what it had just begun to start can wait for it for
  /// ever, and is in its session still.
  private var hasLostSupervisor: Bool {
    var end = siginfo_t()
    let code = waitid(P_PID, id_t(processIdentifier), &end, WEXITED | WNOHANG | WNOWAIT)
    return code == 0 && end.si_signo != 0
  }

  /// Takes the listener over once the supervisor is gone; `nil` when it is still there.
  private func join(until deadline: SuspendingClock.Instant?) -> Listener? {
    guard hasEnded(by: deadline) else { return nil }
    var result: UnsafeMutableRawPointer?
    pthread_join(thread, &result)
    return result.map { Unmanaged<Listener>.fromOpaque($0).takeRetainedValue() }
  }

  private func joinAfterCut() -> Listener? {
    if let listener = join(until: .now + Child.grace) { return listener }
    // Somebody may have stopped a supervisor within the jail: it kills nobody, and nothing that is
    // done to the one outside reaches it.
    for process in ProcessTree.processes(below: processIdentifier) { kill(process, SIGKILL) }
    return join(until: nil)
  }

  /// Reaps the supervisor, which has nothing left to do: it is killed if it does not end, since
  /// somebody has stopped it.
  private func reap() -> Int32 {
    // In a session its server reaps; a supervisor that ended without a word there was killed.
    guard isOurs else { return SIGKILL }
    var status: Int32 = 0
    var pause: UInt32 = 50
    let end = SuspendingClock.now + Child.grace
    while true {
      let reaped = waitpid(processIdentifier, &status, WNOHANG)
      if reaped != 0, reaped > 0 || errno != EINTR { return status }
      if SuspendingClock.now > end { kill(processIdentifier, SIGKILL) }
      usleep(pause)
      pause = min(2 * pause, 10_000)
    }
  }
}

extension Outcome {
  fileprivate init(
    listener: Listener?,
    waitStatus: Int32
  ) throws(SandboxFault) {
    guard let listener else { throw .launcherVanished("no listener") }
    let report = LauncherReport(listener.statusText.text)
    if let fault = report.fault { throw fault.error }
    guard let end = report.end, end.wasKilled || report.enforcement != nil else {
      // Bubblewrap passes a signal on as shells do.
      let signal = LauncherReport.signal(in: waitStatus)
      if let signal { throw .launcherKilled(signal: signal) }
      // In one line, as every reason is.
      let said = listener.standardError.text.prefix(500).split(separator: "\n")
      let status = "exit status \(waitStatus >> 8 & 0xff)"
      throw .launcherVanished(said.isEmpty ? status : "\(status): \(said.joined(separator: " "))")
    }
    self.init(
      ending: end.ending,
      stoppedByDeadline: end.wasKilled && end.ending == .signaled(SIGKILL),
      cpuSeconds: Double(end.cpuMicroseconds) / 1e6,
      wallSeconds: (listener.ended - listener.started) / .seconds(1),
      peakMemoryBytes: end.peakKibibytes * 1024,
      standardOutput: listener.standardOutput,
      standardError: listener.standardError,
      enforcement: report.enforcement
    )
  }
}

/// Everything `posix_spawn` needs; the one place where this module starts a process.
struct ProcessStart {
  var executable: String
  var arguments: [String]
  var environment: [String: String]
  /// The descriptors that become 0, 1, 2 and so on, `nil` being an empty input; others are closed.
  var descriptors: [Int32?]
  /// False only in tests, to show that other descriptors would be seen.
  var closesOthers: Bool

  /// The environment as programs take it.
  var variables: [String] { environment.map { "\($0.key)=\($0.value)" }.sorted() }

  /// Starts the process with default signals.
  func run() throws(SandboxFault) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var copies: [Int32] = []
    defer { for copy in copies { close(copy) } }
    for (number, descriptor) in descriptors.enumerated() {
      guard let descriptor else {
        posix_spawn_file_actions_addopen(&actions, Int32(number), "/dev/null", O_RDONLY, 0)
        continue
      }
      // By way of a number above all targets: none is overwritten before it is moved, and none is
      // its own target, for which dup2 would leave close-on-exec set.
      let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, Int32(descriptors.count))
      guard copy >= 0 else { throw .system(call: "fcntl", .last) }
      copies.append(copy)
      posix_spawn_file_actions_adddup2(&actions, copy, Int32(number))
    }
    if closesOthers {
      posix_spawn_file_actions_addclosefrom_np(&actions, Int32(descriptors.count))
    }
    return try spawn(&actions)
  }

  private func spawn(_ actions: inout posix_spawn_file_actions_t) throws(SandboxFault) -> pid_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
    )

    var process = pid_t()
    let code = withCStrings([executable] + arguments) { arguments in
      withCStrings(variables) { variables in
        posix_spawn(&process, executable, &actions, &attributes, arguments, variables)
      }
    }
    guard code == 0 else { throw .system(call: "spawn of \(executable)", SystemError(code: code)) }
    return process
  }
}

/// Calls `body` with a null-terminated array of C strings.
private func withCStrings<Result>(
  _ strings: [String],
  _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}
