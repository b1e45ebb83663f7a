import Glibc

/// The facts about a machine, or a container on it, that decide which jails it can hold.
package struct MachineFacts: Equatable, Sendable, Codable {
  /// The release of the kernel, such as `6.8.0-31-generic`.
  package var kernel = ""
  /// The user that the grader runs as.
  package var user: UInt32 = 0
  /// The kernel's names of the namespaces that the grader is in.
  package var namespaces: [String] = []
  /// True in a user namespace that somebody made, which has settings of its own.
  package var isInMadeUserNamespace = false
  /// 2 where the grader's own system calls are filtered.
  package var seccomp = 0
  /// True if no program of the grader's can have more rights than it.
  package var hasNoNewPrivileges = false
  /// `user.max_user_namespaces`, if the kernel has it; likewise the next ones.
  package var maxUserNamespaces: Int?
  /// `kernel.unprivileged_userns_clone`.
  package var unprivilegedUserNamespaces: Int?
  /// `kernel.apparmor_restrict_unprivileged_userns`.
  package var appArmorRestriction: Int?
  /// True if AppArmor's folder holds a profile that lets bubblewrap make namespaces.
  package var hasBubblewrapProfile = false
  /// The kernel's security modules; empty if it does not tell.
  package var securityModules: [String] = []
  /// What made the container that the grader runs in; nil outside of one.
  package var container: String?

  /// Nothing is known.
  package init() {}

  /// AppArmor's profile for bubblewrap.
  static let bubblewrapProfile = "/etc/apparmor.d/bwrap-userns-restrict"

  /// The facts of this moment.
  static func current() -> MachineFacts {
    var facts = MachineFacts()
    facts.kernel = line(of: "/proc/sys/kernel/osrelease")
    facts.user = geteuid()
    facts.namespaces = ["user", "mnt", "pid"].map { target(of: "/proc/self/ns/\($0)") }
    facts.isInMadeUserNamespace = !mapsAllUsers(line(of: "/proc/self/uid_map"))
    let status = text(of: "/proc/self/status", atMost: 1 << 16).split(separator: "\n")
    func number(_ name: String) -> Int {
      let found = status.first { $0.hasPrefix("\(name):\t") }
      return found.flatMap { Int($0.dropFirst(name.count + 2)) } ?? 0
    }
    facts.seccomp = number("Seccomp")
    facts.hasNoNewPrivileges = number("NoNewPrivs") == 1
    facts.maxUserNamespaces = Int(line(of: "/proc/sys/user/max_user_namespaces"))
    facts.unprivilegedUserNamespaces = Int(line(of: "/proc/sys/kernel/unprivileged_userns_clone"))
    facts.appArmorRestriction = Int(
      line(of: "/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
    )
    facts.hasBubblewrapProfile = access(bubblewrapProfile, F_OK) == 0
    facts.securityModules = line(of: "/sys/kernel/security/lsm").split(separator: ",")
      .map(String.init)
    facts.container = container()
    return facts
  }

  /// Tells whether a map of users is the machine's own: all of them, each as itself.
  private static func mapsAllUsers(_ map: String) -> Bool {
    map.split(separator: " ") == ["0", "0", "\(UInt32.max)"]
  }

  private static func container() -> String? {
    if access("/run/.containerenv", F_OK) == 0 { return "Podman" }
    if access("/.dockerenv", F_OK) == 0 { return "Docker" }
    let groups = text(of: "/proc/1/cgroup")
    let marks = [("kubepods", "Kubernetes"), ("docker", "Docker"), ("lxc", "LXC")]
    return marks.first { groups.contains($0.0) }?.1
  }

  private static func target(of link: String) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { readlink(link, $0, bytes.count) } ?? 0
    }
    return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
  }
}

/// The first line of a small file; empty when it cannot be read.
func line(of path: String) -> String {
  String(text(of: path).prefix { $0 != "\n" })
}
