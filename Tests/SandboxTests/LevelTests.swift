import Foundation
import Sandbox
import Testing

/// The levels that this machine holds; none is believed to hold when it does not.
@Suite struct LevelTests {
  @Test(.enabled(if: Machine.provides(.restricted), "L2 is not available on this machine"))
  func restrictedLevelHolds() throws {
    let trial = try #require(Machine.report.get().trials.first { $0.level == .restricted })
    #expect(trial.problem == nil)
    #expect((trial.enforcement?.landlockVersion ?? 0) >= 1)
    #expect(trial.findings.count == 48)
  }

  @Test(.enabled(if: Machine.provides(.isolated), "L3 is not available on this machine"))
  func isolatedLevelHolds() throws {
    let report = try Machine.report.get()
    #expect(report.level == .isolated)
    #expect(Jail(report).level == .isolated)
  }

  // Without this a server that broke would make its tests be skipped, and grades slower in silence.
  @Test(
    .enabled(
      if: Machine.provides(.isolated) && Machine.mapsAllUsers,
      "L3 is not available on this machine, or it has few users"
    )
  )
  func isolatedRunsShareNamespaces() throws {
    #expect(try Machine.report.get().sharesNamespaces)
  }

  // A level that the probe could enter is one that this machine offers: then it must hold. Without
  // this a jail that broke would make all other tests be skipped.
  @Test func everyLevelHoldsOrIsNotOffered() throws {
    for trial in try Machine.report.get().trials where !trial.holds {
      #expect(trial.findings.isEmpty, "\(trial)")
      #expect(trial.problem?.hint != nil, "\(trial)")
    }
  }

  private func examine(bubblewrap: String?) throws -> JailReport {
    try JailReport.examine(
      launcher: Programs.launcher,
      bubblewrap: bubblewrap,
      folder: Machine.folder
    )
  }

  @Test func withoutBubblewrapThereIsNoIsolation() throws {
    let report = try examine(bubblewrap: nil)
    #expect(report.level < .isolated)
    #expect(report.trials[0].problem?.reason == "bubblewrap is not installed")
    #expect(throws: SandboxFault.unavailable(.isolated)) { try Jail(report, level: .isolated) }
  }

  @Test(arguments: [
    ("bwrap: No permissions to create new namespace", "user namespaces are off"),
    (
      "bwrap: Creating new namespace failed: nesting depth or "
        + "/proc/sys/user/max_*_namespaces exceeded (ENOSPC)",
      "user namespaces are off"
    ),
    ("bwrap: setting up uid map: Permission denied", "AppArmor"),
    ("bwrap: loopback: Failed RTM_NEWADDR: Operation not permitted", "AppArmor"),
  ])
  func bubblewrapThatFailsIsExplained(message: String, hint: String) throws {
    let folder = Folder()
    let script = try folder.write("#!/bin/sh\necho '\(message)' >&2\nexit 1\n", to: "bwrap")
    chmod(script, 0o755)
    let problem = try #require(examine(bubblewrap: script).trials[0].problem)
    #expect(problem.reason.contains(message))
    #expect(problem.hint?.hasPrefix(hint) == true)
  }

  /// What may pass says nothing about the machine, so there is no report of it to keep.
  @Test(arguments: [
    "kill -9 $$", "exit 137",
    "echo \"bwrap: Can't mkdir /newroot: No space left on device\" >&2; exit 1",
    "echo 'bwrap: Creating new namespace failed: Resource temporarily unavailable' >&2; exit 1",
    "echo 'bwrap: Creating pipe failed: Too many open files' >&2; exit 1",
  ])
  func bubblewrapThatMayDoAnotherTime(script: String) throws {
    let folder = Folder()
    let bubblewrap = try folder.write("#!/bin/sh\n\(script)\n", to: "bwrap")
    chmod(bubblewrap, 0o755)
    #expect(throws: SandboxFault.self) { try examine(bubblewrap: bubblewrap) }
  }

  @Test(.enabled(if: !Machine.jailedLevels.isEmpty))
  func bubblewrapThatIsolatesNothingIsFoundOut() throws {
    let folder = Folder()
    let script = try folder.write(
      """
      #!/bin/sh
      while [ "$1" != -- ]; do shift; done
      shift 2
      exec \(try Machine.report.get().launcher) "$@"

      """,
      to: "bwrap"
    )
    chmod(script, 0o755)
    let trial = try examine(bubblewrap: script).trials[0]
    #expect(!trial.holds)
    #expect(trial.problem?.reason.contains("read-canary was allowed under paths") == true)
  }

  @Test func reportCanBeKept() throws {
    let report = try Machine.report.get()
    let kept = try JSONDecoder().decode(JailReport.self, from: JSONEncoder().encode(report))
    #expect(kept == report)
    #expect(kept.isCurrent(launcher: Programs.launcher, bubblewrap: Machine.bubblewrap))
    #expect(!kept.isCurrent(launcher: Programs.attacker, bubblewrap: Machine.bubblewrap))
    #expect(!kept.isCurrent(launcher: Programs.launcher, bubblewrap: "/nowhere/bwrap"))
  }

  @Test func unjailedRunsSayWhatIsNotInForce() throws {
    let outcome = try Machine.jail(.unjailed).attack("exit", "0")
    #expect(outcome.enforcement?.filter == "none")
    #expect(outcome.enforcement?.landlockVersion == 0)
  }
}
