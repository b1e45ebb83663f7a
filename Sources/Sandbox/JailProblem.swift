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

  init(_ fault: SandboxFault) {
    switch fault {
    case .launcherBroke(let what), .launcherVanished(let what): reason = what
    case .system(let call, let code): reason = "\(call): error \(code)"
    case .unavailable(let level): reason = "\(level.rawValue) is not available"
    }
    hint = Self.hints.first { reason.contains($0.symptom) }?.hint
  }

  private static let hints: [(symptom: String, hint: String)] = [
    (
      "No permissions to create new namespace",
      "user namespaces are off: usual in containers (a seccomp profile of the container's can "
        + "allow them) and where kernel.unprivileged_userns_clone or user.max_user_namespaces is 0"
    ),
    (
      "setting up uid map",
      "AppArmor restricts user namespaces: install the profile bwrap-userns-restrict (on Ubuntu "
        + "24.04 from apparmor-profiles)"
    ),
    (
      "RTM_NEWADDR",
      "AppArmor restricts user namespaces: install the profile bwrap-userns-restrict (on Ubuntu "
        + "24.04 from apparmor-profiles)"
    ),
    (
      "Permission denied",
      "as root, programs run as another user: the launcher, the toolchain and the cache must be "
        + "where every user can reach them, not beneath a closed home folder"
    ),
    (
      "seccomp filter",
      "needs a kernel with CONFIG_SECCOMP_FILTER, and a container whose profile allows seccomp"
    ),
    (
      "Landlock",
      "needs a kernel of 5.13 or later with landlock in its lsm= list, and a container whose "
        + "seccomp profile allows the landlock calls"
    ),
  ]
}
