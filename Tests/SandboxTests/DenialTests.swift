import Glibc
import Sandbox
import Testing

/// Deeds that the jail denies a program, each by its own defence: without the defence the same
/// attempt succeeds.
@Suite(.enabled(if: !Machine.jailedLevels.isEmpty, "no jail is available on this machine"))
struct DenialTests {
  private static let filters: [JailPolicy.Filter] = [.compute, .reader, .compiler]

  private func without(
    _ defences: Set<JailPolicy.Defence>,
    filter: JailPolicy.Filter
  ) -> JailPolicy {
    var policy = JailPolicy(filter: filter)
    policy.omitted = defences
    return policy
  }

  /// The outcome of `attempts`: the launcher's probe in a jail of ours.
  private func probe(_ jail: Jail, _ policy: JailPolicy) throws -> [String: Bool] {
    let folder = Folder()
    let canary = try folder.write("secret", to: "canary")
    chmod(folder.path, 0o777)
    let command = Command(executable: jail.report.launcher, arguments: ["--probe", canary])
    let outcome = try jail.wrap(command, policy).run(within: Machine.patience)
    #expect(outcome.ending == .exited(code: 0))
    let lines = outcome.standardOutput.text.split(separator: "\n").map { $0.split(separator: " ") }
    return Dictionary(lines.map { (String($0[0]), $0[1] == "allowed") }) { $1 }
  }

  @Test(arguments: Machine.jailedLevels, filters)
  func probeIsDeniedAllButThreadsAndSignals(
    level: JailLevel,
    filter: JailPolicy.Filter
  ) throws {
    let findings = try probe(Machine.jail(level), JailPolicy(filter: filter))
    #expect(findings.count == 12)
    #expect(Set(findings.filter(\.value).keys) == ["start-thread", "handle-signal"])
  }

  @Test func withoutJailProbeIsAllowedAll() throws {
    let findings = try probe(Machine.jail(.unjailed), JailPolicy(filter: .compute))
    #expect(findings.filter { !$0.value }.map(\.key) == ["inherit-descriptor"])
  }

  @Test(arguments: Machine.jailedLevels)
  func withoutFilterProbeOpensSocketsAndForks(level: JailLevel) throws {
    let findings = try probe(Machine.jail(level), without([.filter], filter: .compute))
    for attempt in ["open-network", "open-local-socket", "fork-process", "make-memory-file"] {
      #expect(findings[attempt] == true, "\(attempt)")
    }
    #expect(findings["read-canary"] == false, "paths have a defence of their own")
  }

  @Test(.enabled(if: Machine.provides(.restricted)))
  func withoutLandlockCompilerReadsCanary() throws {
    let jail = try Machine.jail(.restricted)
    let findings = try probe(jail, without([.landlock], filter: .compiler))
    #expect(findings["read-canary"] == true)
    #expect(findings["write-file"] == true)
    #expect(findings["open-network"] == false)
  }

  @Test(.enabled(if: Machine.provides(.isolated)))
  func namespacesHideCanaryWithoutLandlock() throws {
    let jail = try Machine.jail(.isolated)
    let hidden = try probe(jail, without([.landlock, .filter], filter: .compiler))
    #expect(hidden["read-canary"] == false)
    #expect(hidden["read-process-list"] == false)
    let seen = try probe(jail, without([.landlock, .filter, .namespaces], filter: .compiler))
    #expect(seen["read-canary"] == true)
    #expect(seen["read-process-list"] == true)
  }

  private static let neverLegitimate = [
    "ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd", "bpf",
    "perf_event_open", "userfaultfd", "io_uring_setup", "keyctl", "add_key", "request_key",
    "unshare", "setns", "mount", "umount2", "pivot_root", "chroot", "open_tree",
    "name_to_handle_at", "open_by_handle_at", "init_module", "kexec_load", "syslog",
    "settimeofday",
  ]

  @Test(arguments: neverLegitimate)
  func callNoHonestProgramMakesEndsIt(name: String) throws {
    for level in Machine.jailedLevels {
      for filter in DenialTests.filters {
        let policy = JailPolicy(filter: filter)
        let outcome = try Machine.jail(level).attack("call", name, policy: policy)
        #expect(outcome.ending == .signaled(SIGSYS), "\(level) \(filter)")
      }
    }
    let open = without([.filter], filter: .compute)
    let outcome = try Machine.jail().attack("call", name, policy: open)
    #expect(outcome.ending == .exited(code: 0), "without the filter it reaches the kernel")
  }

  private static let refused = [
    "socketpair", "memfd_create", "tkill", "pidfd_open", "shmget", "msgget", "semget", "mq_open",
    "fchmodat", "fchownat", "utimensat", "setxattr", "linkat", "symlinkat", "mknodat", "truncate",
    "splice", "setpriority", "setsid",
  ]

  @Test(arguments: refused)
  func callThatWouldReachOthersIsRefused(name: String) throws {
    for level in Machine.jailedLevels {
      for filter in DenialTests.filters {
        let policy = JailPolicy(filter: filter)
        let outcome = try Machine.jail(level).attack("call", name, policy: policy)
        #expect(outcome.standardOutput.text == "returned EPERM\n", "\(level) \(filter)")
      }
    }
    let open = without([.filter], filter: .compute)
    let outcome = try Machine.jail().attack("call", name, policy: open)
    #expect(outcome.standardOutput.text.hasPrefix("returned"))
  }

  /// The kernel of these tables did not have it; a newer one's is hidden, as the tables judge none.
  @Test func callThatIsYoungerThanTheTablesIsNotThere() throws {
    for filter in DenialTests.filters {
      let policy = JailPolicy(filter: filter)
      let outcome = try Machine.jail().attack("call", "cachestat", policy: policy)
      #expect(outcome.standardOutput.text == "returned ENOSYS\n")
    }
  }

  @Test func threadsFallBackFromCallThatFiltersCannotJudge() throws {
    let outcome = try Machine.jail().attack("call", "clone3")
    #expect(outcome.standardOutput.text == "returned ENOSYS\n")
  }

  @Test(
    arguments: [
      ("map-code", [.compute, .reader]), ("make-code", [.compute, .reader]),
      ("set-own-limit", filters), ("set-limit-of-parent", filters),
      ("set-limit-by-odd-pointer", filters), ("signal-parent", filters),
      ("signal-owner", filters),
      ("share-memory", [.compute, .reader]), ("live-on", filters),
    ] as [(String, [JailPolicy.Filter])]
  )
  func argumentsOfCallsAreJudged(name: String, filters: [JailPolicy.Filter]) throws {
    for filter in filters {
      let policy = without([.landlock, .namespaces, .user], filter: filter)
      let outcome = try Machine.jail().attack("attempt", name, policy: policy)
      #expect(outcome.standardOutput.text == "denied EPERM\n", "\(filter)")
    }
    let outcome = try Machine.jail(.unjailed).attack("attempt", name)
    #expect(outcome.standardOutput.text == "allowed\n")
  }

  #if arch(x86_64)
    @Test(arguments: ["x32", "i386"])
    func callsOfAnotherArchitectureEndTheProgram(door: String) throws {
      for filter in DenialTests.filters {
        let policy = JailPolicy(filter: filter)
        let outcome = try Machine.jail().attack("other-door", door, policy: policy)
        #expect(outcome.ending == .signaled(SIGSYS))
      }
      #expect(try Machine.jail(.unjailed).attack("other-door", door).ending == .exited(code: 0))
    }
  #endif

  @Test(arguments: Machine.jailedLevels)
  func readableIsReadableAndNothingElse(level: JailLevel) throws {
    let jail = try Machine.jail(level)
    let folder = Folder()
    let shown = try folder.write("shown", to: "shown")
    let hidden = try folder.write("hidden", to: "hidden")
    let policy = JailPolicy(filter: .reader, readable: [shown])
    #expect(try jail.attack("open-often", shown, policy: policy).standardOutput.text != "0\n")
    #expect(try jail.attack("open-often", hidden, policy: policy).standardOutput.text == "0\n")
    #expect(
      try jail.attack("write-file", shown, policy: policy).standardOutput.text
        .hasPrefix("denied")
    )
  }

  /// Each of two defences is tried without the other, since one would do.
  @Test func readerIsKeptFromWritingTwice() throws {
    let folder = Folder()
    let file = try folder.write("text", to: "file")
    chmod(file, 0o666)
    var policy = JailPolicy(filter: .reader, readable: [folder.path])
    policy.omitted = [.landlock, .namespaces]
    let filtered = try Machine.jail().attack("write-file", file, policy: policy)
    #expect(filtered.standardOutput.text == "denied EPERM\n")
    if Machine.provides(.restricted) {
      policy.omitted = [.filter, .namespaces]
      let locked = try Machine.jail().attack("write-file", file, policy: policy)
      #expect(locked.standardOutput.text == "denied EACCES\n")
    }
    policy.omitted = [.filter, .namespaces, .landlock]
    let free = try Machine.jail().attack("write-file", file, policy: policy)
    #expect(free.standardOutput.text.isEmpty, "written to the file instead")
  }

  @Test(arguments: Machine.jailedLevels)
  func writableFolderTakesFilesButNoLinks(level: JailLevel) throws {
    let jail = try Machine.jail(level)
    let folder = Folder()
    var policy = JailPolicy(filter: .compiler, writable: [folder.path])
    let written = try jail.attack("write-file", folder.path + "/file", policy: policy)
    #expect(written.ending == .exited(code: 0))
    #expect(fileNames(of: folder.path) == ["file"])

    policy.omitted = [.filter]
    let link = try jail.attack("link", folder.path + "/link", policy: policy)
    if written.enforcement?.landlockVersion != 0 {
      #expect(link.standardOutput.text == "denied EACCES\n", "by Landlock alone")
    }
    unlink(folder.path + "/link")
    policy.omitted = [.filter, .landlock]
    let free = try jail.attack("link", folder.path + "/link", policy: policy)
    #expect(free.standardOutput.text == "allowed\n")
  }
}
