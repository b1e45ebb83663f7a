/// What to do about a jail that does not hold, on just the machine where it was tried.
package enum JailAdvice {
  /// The remedy for what the launcher or bubblewrap said; nil if nobody knows one.
  package static func remedy(for reason: String, on facts: MachineFacts) -> String? {
    let trouble = symptoms.first { reason.contains($0.words) }?.trouble
    switch trouble {
    case .namespaces: return namespaces(on: facts)
    case .appArmor: return appArmor(on: facts)
    case .landlock: return landlock(on: facts)
    case .filter:
      return "needs a kernel with CONFIG_SECCOMP_FILTER, and a container whose profile allows "
        + "seccomp"
    case .reach:
      return "as root, programs run as another user: the launcher, the toolchain and the cache "
        + "must be where every user can reach them, not beneath a closed home folder"
    case nil: return nil
    }
  }

  private enum Trouble {
    case namespaces, appArmor, landlock, filter, reach
  }

  /// Looked through in this order.
  private static let symptoms: [(words: String, trouble: Trouble)] = [
    ("No permissions to create new namespace", .namespaces),
    ("Creating new namespace failed", .namespaces),
    ("setting up uid map", .appArmor),
    ("RTM_NEWADDR", .appArmor),
    ("Permission denied", .reach),
    ("seccomp filter", .filter),
    ("Landlock", .landlock),
  ]

  private static func namespaces(on facts: MachineFacts) -> String {
    let host = facts.container == nil ? "" : " on the host"
    if facts.maxUserNamespaces == 0, facts.isInMadeUserNamespace {
      return "user namespaces are off: set user.max_user_namespaces, which is 0 in this user "
        + "namespace, to some thousands there"
    }
    if facts.maxUserNamespaces == 0 {
      return "user namespaces are off: set user.max_user_namespaces, which is 0, to some "
        + "thousands\(host)"
    }
    if facts.unprivilegedUserNamespaces == 0, facts.user != 0 {
      return "user namespaces are off: set kernel.unprivileged_userns_clone, which is 0, "
        + "to 1\(host)"
    }
    if facts.appArmorRestriction == 1, facts.user != 0 { return appArmor(on: facts) }
    if let container = facts.container {
      return "user namespaces are off in this container (\(container)): its seccomp profile has "
        + "to allow clone, unshare, mount, umount2 and pivot_root\(option(in: container))"
    }
    if facts.seccomp == 2 {
      return "user namespaces are off: \(unnamedProfile) has to allow clone, unshare, mount, "
        + "umount2 and pivot_root"
    }
    return "user namespaces are off: usual in containers (a seccomp profile of the container's can "
      + "allow them) and where kernel.unprivileged_userns_clone or user.max_user_namespaces is 0"
  }

  private static func appArmor(on facts: MachineFacts) -> String {
    facts.hasBubblewrapProfile
      ? "AppArmor restricts user namespaces: load the profile that is there already, with "
        + "apparmor_parser -r \(MachineFacts.bubblewrapProfile)"
      : "AppArmor restricts user namespaces: install the profile bwrap-userns-restrict (on Ubuntu "
        + "24.04 from apparmor-profiles)"
  }

  private static func landlock(on facts: MachineFacts) -> String {
    if let version = version(of: facts.kernel), version < (5, 13) {
      return "needs a kernel of 5.13 or later, and this is \(facts.kernel)"
    }
    if !facts.securityModules.isEmpty, !facts.securityModules.contains("landlock") {
      return "the kernel has to start with landlock in its lsm= list, which is "
        + facts.securityModules.joined(separator: ",")
    }
    if let container = facts.container, facts.seccomp == 2 {
      return "the seccomp profile of this container (\(container)) has to allow the landlock calls"
        + option(in: container)
    }
    if facts.seccomp == 2 { return "\(unnamedProfile) has to allow the landlock calls" }
    return "needs a kernel of 5.13 or later with landlock in its lsm= list, and a container whose "
      + "seccomp profile allows the landlock calls"
  }

  private static let unnamedProfile =
    "the seccomp profile that the grader runs under (a container's, or the SystemCallFilter of a "
    + "service)"

  /// The way in which a container gets another profile.
  private static func option(in container: String) -> String {
    switch container {
    case "Docker", "Podman": ": start it with --security-opt seccomp=FILE"
    case "Kubernetes": ": name one as the pod's seccompProfile"
    default: ""
    }
  }

  private static func version(of kernel: String) -> (Int, Int)? {
    let numbers = kernel.split { !$0.isNumber }.prefix(2).compactMap { Int($0) }
    return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
  }
}
