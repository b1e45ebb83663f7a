/// From command, policy and level to the arguments of the launcher: a pure function.
struct LaunchPlan {
  var command: Command
  var policy: JailPolicy
  var level: JailLevel
  var report: JailReport
  /// The user to drop to; `nil` stays who the grader is.
  var user: UInt32?
  /// True if a session's server is told, and makes no namespaces.
  var isInSession = false
  /// The folder that is in view for the program's own file; the file alone if nil.
  var program: String?

  /// The launcher's place in a view that holds little else.
  private static let launcherInView = "/.grader-jail"

  var jailedCommand: JailedCommand {
    let tail = ["--", command.executable] + command.arguments
    if isInSession { return jailed(supervision + restrictions + dropping + tail) }
    guard let bubblewrap = report.bubblewrap, isIsolated else {
      return jailed(supervision + restrictions + dropping + tail)
    }
    let inner = [LaunchPlan.launcherInView] + supervision + ["--unset", "PWD"] + restrictions
    // As root the user changes first: limits on processes do not hold for root, not even for a
    // root that looks like another user in its namespace.
    return jailed(outer(dropping) + [bubblewrap] + view + ["--"] + inner + tail)
  }

  /// The launcher as the first process of namespaces, which starts what it is told to.
  ///
  /// As root it is the root of a namespace of users, who can become any of its users, and nobody
  /// outside.
  var server: JailedCommand {
    let ends = ["--status", "\(statusNumber)", "--lifeline", "\(statusNumber + 1)"]
    let users = ["--users", "\(Jail.users.lowerBound):\(Jail.users.count)"]
    let namespaces =
      report.dropsUser
      ? [
        "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try",
      ] : Self.allNamespaces
    let rights = ["CAP_SETUID", "CAP_SETGID", "CAP_KILL"].flatMap { ["--cap-add", $0] }
    let inner = [LaunchPlan.launcherInView] + ends + ["--serve", "3"]
    return jailed(
      outer(report.dropsUser ? users : []) + [report.bubblewrap ?? "bwrap"] + namespaces
        + Self.nothingElse + (report.dropsUser ? rights + openFolders : []) + folders + ["--"]
        + inner
    )
  }

  /// The folders on the way to what is in view: those that bubblewrap makes by itself are closed to
  /// other users than the first process's.
  private var openFolders: [String] {
    var paths: Set<Substring> = ["/proc", "/proc/self"]
    for path in mounts.keys {
      var folder = path[...]
      while let end = folder.lastIndex(of: "/"), end > folder.startIndex {
        folder = folder[..<end]
        paths.insert(folder)
      }
    }
    return paths.sorted().flatMap { ["--dir", String($0)] }
  }

  private var isJailed: Bool { level > .unjailed && !policy.isTrusted }
  private var isIsolated: Bool {
    isJailed && level == .isolated && !policy.omitted.contains(.namespaces)
  }

  private func jailed(_ arguments: [String]) -> JailedCommand {
    JailedCommand(
      launcher: report.launcher,
      arguments: arguments,
      command: command,
      closesOthers: !policy.omitted.contains(.descriptors)
    )
  }

  /// The launcher's own descriptors follow those of the program; `JailedCommand` puts them there.
  private var statusNumber: Int { 3 + command.passedDescriptors.count }

  private var supervision: [String] {
    let kept = policy.omitted.contains(.descriptors) ? 1023 : statusNumber - 1
    return [
      "--directory", command.workingDirectory, "--keep", "\(kept)",
      "--status", "\(statusNumber)", "--lifeline", "\(statusNumber + 1)",
    ]
  }

  private var restrictions: [String] {
    var flags = policy.limits.flags
    if let threads = policy.limits.threads, isJailed, user != nil || isIsolated {
      // In a namespace the supervisor counts too.
      flags += ["--processes", "\(isIsolated ? threads + 1 : threads)"]
    }
    let filter: JailPolicy.Filter =
      isJailed && !policy.omitted.contains(.filter) ? policy.filter : .none
    flags += ["--filter", filter.rawValue]
    guard isJailed, !policy.omitted.contains(.landlock) else {
      return flags + ["--landlock", "off"]
    }
    flags += ["--landlock", isIsolated ? "optional" : "required"]
    flags += ([command.executable] + policy.executable).flatMap { ["--execute", $0] }
    flags += policy.readable.flatMap { ["--read", $0] }
    flags += policy.writable.flatMap { ["--write", $0] }
    return flags
  }

  private var dropping: [String] {
    guard let user, isJailed else { return [] }
    let folders = policy.writable.filter { !isDevice($0) }
    return ["--uid", "\(user)", "--gid", "\(user)"] + folders.flatMap { ["--give", $0] }
  }

  /// The launcher that only becomes somebody else, and then the program behind these arguments.
  private func outer(_ becoming: [String]) -> [String] {
    ["--status", "\(statusNumber)"] + becoming + ["--drop-only", "--"]
  }

  /// Bubblewrap's arguments: everything unshared, and a root with nothing but what the policy
  /// names.
  ///
  /// Not `--die-with-parent`, which kills when the spawning *thread* ends; the lifeline does that
  /// work. `--as-pid-1` makes the supervisor the first process of the namespace, so that the kernel
  /// ends all others when it ends.
  private var view: [String] { Self.allNamespaces + Self.nothingElse + folders }

  private static let allNamespaces = [
    "--unshare-all", "--unshare-user", "--uid", "1000", "--gid", "1000",
  ]
  private static let nothingElse = ["--hostname", "sandbox", "--as-pid-1", "--cap-drop", "ALL"]

  private var folders: [String] {
    var flags: [String] = []
    if command.workingDirectory != "/" { flags += ["--dir", command.workingDirectory] }
    // Folders before what lies beneath them.
    for (path, isWritable) in mounts.sorted(by: { $0.key < $1.key }) {
      let bind = isDevice(path) ? "--dev-bind" : isWritable ? "--bind" : "--ro-bind"
      flags += [bind, path, path]
    }
    // A static Swift program aborts before main when it cannot read this link.
    flags += ["--symlink", command.executable, "/proc/self/exe"]
    flags += ["--ro-bind", report.launcher, LaunchPlan.launcherInView]
    return flags + ["--remount-ro", "/", "--chdir", "/"]
  }

  private func isDevice(_ path: String) -> Bool { path.hasPrefix("/dev/") }

  private var mounts: [String: Bool] {
    let readOnly = policy.readable + policy.executable + [program ?? command.executable]
    let isWritable = readOnly.map { ($0, false) } + policy.writable.map { ($0, true) }
    return Dictionary(isWritable) { $0 || $1 }
  }
}

extension Limits {
  fileprivate var flags: [String] {
    let values = [
      ("--cpu", cpuSeconds), ("--address-space", addressSpaceBytes),
      ("--file-size", fileSizeBytes), ("--descriptors", descriptors), ("--stack", stackBytes),
    ]
    return values.flatMap { flag, value in value.map { [flag, "\($0)"] } ?? [] }
  }
}
