import Sandbox
import Testing

/// The remedy is that for just this machine.
@Suite struct JailAdviceTests {
  /// A machine, what was said there, and words of the only remedy.
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var reason: String
    var words: [String]
    var facts: MachineFacts

    init(
      _ description: String,
      _ reason: String,
      _ words: [String],
      _ change: (inout MachineFacts) -> Void = { _ in }
    ) {
      (testDescription, self.reason, self.words) = (description, reason, words)
      facts = MachineFacts()
      (facts.kernel, facts.user) = ("6.8.0-31-generic", 1000)
      change(&facts)
    }
  }

  private static let refused = "bwrap: No permissions to create new namespace, likely because"
  private static let exceeded =
    "bwrap: Creating new namespace failed: nesting depth or /proc/sys/user/max_*_namespaces "
    + "exceeded (ENOSPC)"
  private static let map = "bwrap: setting up uid map: Permission denied"
  private static let landlock = "Landlock: Operation not supported"

  static let rows = [
    Row("no namespaces at all", exceeded, ["set user.max_user_namespaces", "thousands"]) {
      $0.maxUserNamespaces = 0
    },
    Row("none on the host", exceeded, ["set user.max_user_namespaces", "on the host"]) {
      ($0.maxUserNamespaces, $0.container) = (0, "Docker")
    },
    Row("none in a namespace", exceeded, ["which is 0 in this user namespace", "there"]) {
      ($0.maxUserNamespaces, $0.isInMadeUserNamespace, $0.container) = (0, true, "Docker")
    },
    Row("a service's filter", refused, ["SystemCallFilter", "to allow clone"]) {
      ($0.seccomp, $0.maxUserNamespaces) = (2, 15_000)
    },
    Row("Debian of old", refused, ["set kernel.unprivileged_userns_clone", "to 1"]) {
      ($0.unprivilegedUserNamespaces, $0.maxUserNamespaces) = (0, 15_000)
    },
    Row("the same as root", refused, ["user namespaces are off: usual in containers"]) {
      ($0.unprivilegedUserNamespaces, $0.user) = (0, 0)
    },
    Row("Ubuntu 24.04", map, ["install the profile bwrap-userns-restrict"]) {
      $0.appArmorRestriction = 1
    },
    Row("Ubuntu 24.04 says it otherwise", refused, ["install the profile bwrap-userns-restrict"]) {
      $0.appArmorRestriction = 1
    },
    Row("a profile that is not loaded", map, ["apparmor_parser -r /etc/apparmor.d/bwrap-"]) {
      ($0.appArmorRestriction, $0.hasBubblewrapProfile) = (1, true)
    },
    Row("Docker", refused, ["(Docker)", "pivot_root", "--security-opt seccomp=FILE"]) {
      ($0.container, $0.seccomp) = ("Docker", 2)
    },
    Row("Kubernetes", refused, ["(Kubernetes)", "seccompProfile"]) { $0.container = "Kubernetes" },
    Row("an old kernel", landlock, ["5.13 or later", "this is 5.4.0-150-generic"]) {
      $0.kernel = "5.4.0-150-generic"
    },
    Row("an older kernel", landlock, ["this is 4.18.0"]) { $0.kernel = "4.18.0" },
    Row("Landlock is not started", landlock, ["lsm= list, which is lockdown,yama,apparmor"]) {
      $0.securityModules = ["lockdown", "yama", "apparmor"]
    },
    Row("Docker's old profile", landlock, ["(Docker)", "landlock calls: start it with"]) {
      ($0.container, $0.seccomp, $0.securityModules) = ("Docker", 2, ["yama", "landlock"])
    },
    Row("a filter of nobody knows whom", landlock, ["SystemCallFilter", "the landlock calls"]) {
      ($0.seccomp, $0.securityModules) = (2, ["yama", "landlock"])
    },
    Row("nobody knows why", landlock, ["needs a kernel of 5.13 or later with landlock in"]),
    Row("a closed home", "run /root/bin/x: Permission denied", ["a closed home folder"]) {
      $0.maxUserNamespaces = 0
    },
    Row("no filters", "seccomp filter: Invalid argument", ["CONFIG_SECCOMP_FILTER"]),
  ]

  @Test(arguments: rows)
  func remedy(row: Row) throws {
    let remedy = try #require(JailAdvice.remedy(for: row.reason, on: row.facts))
    for words in row.words { #expect(remedy.contains(words)) }
  }

  @Test func noRemedy() {
    #expect(JailAdvice.remedy(for: "read-canary was allowed", on: MachineFacts()) == nil)
  }
}
