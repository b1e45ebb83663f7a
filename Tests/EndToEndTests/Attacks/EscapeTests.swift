import GraderCore
import Testing

/// Forbidden deeds of a solution are refused, and the function's answer counts as ever.
@Suite struct EscapeTests {
  private static func refused(_ name: String, _ code: String) -> Attack {
    .futile(name, code, prints: "refused")
  }

  static let files = Battery([
    refused("reading a file that all may read", "attempt(readAll(canary))").sampled(),
    refused(
      "reading the hidden suite",
      "attempt(readAll(\"\(Repository.root)/reference/a1-batch-norm/assignment.yaml\"))"
    ),
    refused("looking into the home folder", #"attempt(open("/root", O_RDONLY | O_DIRECTORY))"#),
    refused(
      "looking into the course",
      "attempt(FileManager.default.contents(atPath: canary) == nil ? -1 : 0)"
    ),
    refused("listing the root folder", #"attempt(opendir("/") == nil ? -1 : 0)"#),
    refused(
      "changing a file that all may write",
      "attempt(open(canary, O_WRONLY | O_TRUNC))"
    ),
    refused("making a file", #"attempt(creat(canaryFolder + "/made", 0o666))"#),
    refused("making a folder", #"attempt(mkdir(canaryFolder + "/folder", 0o777))"#),
    refused("removing a file", "attempt(unlink(canary))"),
    refused("making a link", #"attempt(symlink("/etc/passwd", canaryFolder + "/link"))"#),
    refused("changing a mode", "attempt(chmod(canary, 0o777))"),
    refused("reading the program's environment", #"attempt(readAll("/proc/self/environ"))"#),
    refused("reading other programs' arguments", #"attempt(readAll("/proc/1/cmdline"))"#),
    refused("making memory executable", "attempt(Int(bitPattern: mmap(nil, 4096, 7, 34, -1, 0)))"),
  ])

  static let processes = Battery([
    refused("a fork", "let child = c_fork(); if child == 0 { pause() }; attempt(child)"),
    refused(
      "a fork bomb",
      "var most = -1; for _ in 0..<1000 { most = max(most, Int(c_fork())) }; attempt(most)"
    ).sampled(),
    refused(
      "a program",
      #"attempt(posix_spawn(nil, "/bin/sh", nil, nil, [nil], nil) == 0 ? 0 : -1)"#
    ),
    refused("another program in its place", #"attempt(execve("/bin/sh", [nil], nil))"#),
    refused(
      "Foundation's Process",
      #"attempt((try? Process.run(URL(filePath: "/bin/sh"), arguments: [])) == nil ? -1 : 0)"#
    ),
    refused("a socket to the network", "attempt(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))")
      .sampled(),
    refused("a local socket", "attempt(socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0))"),
    refused("killing everybody", "attempt(kill(-1, SIGKILL))"),
    refused("killing the grader", "attempt(kill(getppid(), SIGKILL))"),
    refused(
      "more of everything",
      "var l = rlimit(rlim_cur: 9, rlim_max: 9); attempt(setrlimit(__rlimit_resource_t(0), &l))"
    ),
    Attack(
      "a name space of its own",
      "attempt(c_unshare(0x1000_0000))",
      .crashed,
      "Your code tried something that a solution may not do (files, network, processes)"
        + " in {function}, and was stopped."
    ).sampled(),
    .futile(
      "other descriptors than its own",
      "print(\"attempt: \\((0..<1024).filter { fcntl(Int32($0), F_GETFD) >= 0 })\")",
      prints: "[0, 1, 2, 3]"
    ),
    .futile(
      "arguments and environment",
      "print(\"attempt: \\(ProcessInfo.processInfo.environment.count)\")",
      prints: "0"
    ),
  ])

  @Test(.beyondTheSample(cases: files.cases.count), arguments: files.cases)
  func file(attempt: Battery.Case) throws {
    try Self.files.expectOutcome(of: attempt)
  }

  @Test(.beyondTheSample(cases: processes.cases.count), arguments: processes.cases)
  func process(attempt: Battery.Case) throws {
    try Self.processes.expectOutcome(of: attempt)
  }

  @Test(.beyondTheSample(cases: Jails.levels.count), arguments: Jails.levels)
  func noHarm(level: String) throws {
    try Self.files.expectNoHarm(at: level, withinProcessorSeconds: 60)
    try Self.processes.expectNoHarm(at: level, withinProcessorSeconds: 60)
  }
}
