import Foundation
import Testing

/// Runs programs as a shell would, and tells what came of them.
enum Program {
  struct Run: Sendable {
    /// The exit status; 128 and more for a signal.
    var status: Int32
    var output: String
    var errors: String
    /// The processor time of the program and all that it waited for, however busy the machine was.
    var processorSeconds: Double
  }

  /// Runs a program; what takes longer than so many seconds is killed and fails.
  static func run(
    _ executable: String,
    _ arguments: [String],
    environment: [String: String] = [:],
    in folder: String = "/",
    longest: Int = 1_800
  ) throws -> Run {
    // Files and not pipes: nobody has to read two streams at once.
    let base = FileManager.default.temporaryDirectory.path + "/chainrule-run-\(UUID().uuidString)"
    defer { for end in ["out", "err"] { try? FileManager.default.removeItem(atPath: base + end) } }
    let files = try ["out", "err"].map { end in
      try Data().write(to: URL(filePath: base + end))
      return try FileHandle(forUpdating: URL(filePath: base + end))
    }
    let process = try spawn(
      ["/usr/bin/env", "-C", folder, "/usr/bin/timeout", "-s", "KILL", "\(longest)", executable]
        + arguments,
      environment: ProcessInfo.processInfo.environment.merging(environment) { $1 },
      writingTo: files.map(\.fileDescriptor)
    )
    // Foundation's own process does not tell what it took.
    var (status, usage) = (Int32(0), rusage())
    while wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
    let signal = status & 0x7f
    return Run(
      status: signal == 0 ? status >> 8 & 0xff : signal + 128,
      output: try text(of: files[0]),
      errors: try text(of: files[1]),
      processorSeconds: [usage.ru_utime, usage.ru_stime].reduce(0) {
        $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
      }
    )
  }

  private static func spawn(
    _ words: [String],
    environment: [String: String],
    writingTo streams: [Int32]
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, streams[0], 1)
    posix_spawn_file_actions_adddup2(&actions, streams[1], 2)
    // A thread of the test runner may block signals, which its children are not to.
    var (attributes, none) = (posix_spawnattr_t(), sigset_t())
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    let arguments = words.map { strdup($0) }
    let variables = environment.map { strdup("\($0)=\($1)") }
    defer { for string in arguments + variables { free(string) } }
    var process: pid_t = 0
    let problem = posix_spawn(
      &process,
      words[0],
      &actions,
      &attributes,
      arguments + [nil],
      variables + [nil]
    )
    try #require(problem == 0, "\(words[0]): \(String(cString: strerror(problem)))")
    return process
  }

  private static func text(of file: FileHandle) throws -> String {
    try file.seek(toOffset: 0)
    return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
  }

  /// A program that is built with the tests and lies beside the test bundle.
  static func beside(_ name: String) -> String {
    let bundle = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    return bundle.deletingLastPathComponent().appending(path: name).path
  }
}

/// The repository that these tests belong to.
enum Repository {
  static let root: String = {
    let here = URL(filePath: #filePath)
    return (0..<4).reduce(here) { url, _ in url.deletingLastPathComponent() }.path
  }()
}
