import CGlibc
import Glibc

/// Everything `posix_spawn` needs; the one place where this module starts a process.
struct ProcessStart {
  var executable: String
  var arguments: [String]
  var environment: [String: String]
  /// The descriptors that become 0, 1, 2 and so on, `nil` being an empty input; others are closed.
  var descriptors: [Int32?]
  /// False only in tests, to show that other descriptors would be seen.
  var closesOthers: Bool

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
    let variables = environment.map { "\($0.key)=\($0.value)" }.sorted()
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
