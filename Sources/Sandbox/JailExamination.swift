import Glibc

extension JailReport {
  /// Finds out what kind of jail this machine can hold, by running a probe inside each.
  ///
  /// Takes 0.1 s; keep the report and compare `circumstances` to use it again.
  ///
  /// - Parameters:
  ///   - launcher: Path of `grader-jail`.
  ///   - bubblewrap: Path of `bwrap`, when there is one.
  ///   - folder: A folder that lasts. As root it must be one that other users can reach; a copy
  ///     of the launcher is put there, since the launcher itself may lie in a closed home folder.
  /// - Returns: What was found, of which a `Jail` can be made.
  /// - Throws: `SandboxFault` when not even an unjailed run of the launcher works, or when
  ///   something went wrong that says nothing about this machine's jails.
  package static func examine(
    launcher: String,
    bubblewrap: String?,
    folder: String
  ) throws(SandboxFault) -> JailReport {
    var report = JailReport(
      circumstances: .current(launcher: launcher, bubblewrap: bubblewrap),
      launcher: launcher,
      bubblewrap: bubblewrap,
      dropsUser: geteuid() == 0
    )
    if report.dropsUser { report.launcher = try copyProgram(launcher, to: folder) }
    let canary = try Canary(in: folder)
    try report.checkThatProbeCanSucceed(canary: canary.path)
    try report.tryToDropUser()
    for level in [JailLevel.isolated, .restricted] {
      report.trials.append(try report.tryLevel(level, canary: canary.path))
    }
    try report.tryToShareNamespaces(canary: canary.path)
    return report
  }

  /// Two runs in one set of namespaces have to hold as much as in two.
  private mutating func tryToShareNamespaces(canary: String) throws(SandboxFault) {
    guard provides(.isolated) else { return }
    var sharing = self
    sharing.sharesNamespaces = true
    let jail = Jail(report: sharing, unprovenLevel: .isolated)
    let session = JailSession(jail, executable: launcher)
    let command = Command(executable: launcher, arguments: ["--probe", canary])
    do throws(SandboxFault) {
      for _ in 0..<2 {
        let outcome = try session.start(command, JailPolicy(filter: .compute))
          .wait(until: .now + .seconds(60))
        let findings = Self.findings(of: outcome, under: JailPolicy.Filter.compute.rawValue)
        guard outcome.ending == .exited(code: 0), !findings.isEmpty,
          Problem(unexpected: findings) == nil
        else { return }
      }
      sharesNamespaces = true
    } catch {
      if error.mayPass { throw error }
    }
  }

  /// Without a jail every attempt must succeed, or a denial would prove nothing.
  private func checkThatProbeCanSucceed(canary: String) throws(SandboxFault) {
    let findings = try runProbe(.unjailed, JailPolicy(filter: .none), "no jail", canary: canary)
      .findings
    let failed = findings.filter { !$0.isAllowed && $0.attempt != "inherit-descriptor" }
    guard failed.isEmpty, findings.count > 1 else {
      throw .launcherBroke("the probe fails without a jail: \(failed.map(\.attempt))")
    }
  }

  /// Root may be root of a namespace that has no other users.
  private mutating func tryToDropUser() throws(SandboxFault) {
    guard dropsUser else { return }
    let jail = Jail(report: self, unprovenLevel: .restricted)
    var policy = JailPolicy(filter: .none)
    policy.omitted = [.landlock]
    do throws(SandboxFault) {
      let command = Command(executable: launcher, arguments: ["--help"])
      _ = try jail.wrap(command, policy).run(within: .seconds(60))
    } catch {
      if error.mayPass { throw error }
      dropsUser = false
      dropProblem = Problem(error, on: circumstances.facts)
    }
  }

  private func tryLevel(_ level: JailLevel, canary: String) throws(SandboxFault) -> Trial {
    var trial = Trial(level: level)
    if level == .isolated && bubblewrap == nil {
      trial.problem = .noBubblewrap
      return trial
    }
    do throws(SandboxFault) {
      for filter in [JailPolicy.Filter.compute, .reader, .compiler] {
        let run = try runProbe(
          level,
          JailPolicy(filter: filter),
          filter.rawValue,
          canary: canary
        )
        trial.findings += run.findings
        trial.enforcement = run.enforcement
      }
      trial.findings += try runProbe(
        level,
        .pathDefenceOnly(of: level),
        "paths",
        canary: canary
      ).findings
      trial.problem = Problem(unexpected: trial.findings)
    } catch {
      if error.mayPass { throw error }
      trial.problem = Problem(error, on: circumstances.facts)
    }
    return trial
  }

  private func runProbe(
    _ level: JailLevel,
    _ policy: JailPolicy,
    _ name: String,
    canary: String
  ) throws(SandboxFault) -> (findings: [Finding], enforcement: Enforcement?) {
    let command = Command(executable: launcher, arguments: ["--probe", canary])
    let jail = Jail(report: self, unprovenLevel: level)
    let outcome = try jail.wrap(command, policy).run(within: .seconds(60))
    if outcome.ending == .signaled(SIGKILL) { throw .launcherKilled(signal: SIGKILL) }
    guard outcome.ending == .exited(code: 0) else {
      throw .launcherBroke("the probe ended with \(outcome.ending)")
    }
    return (Self.findings(of: outcome, under: name), outcome.enforcement)
  }

  private static func findings(of outcome: Outcome, under name: String) -> [Finding] {
    outcome.standardOutput.text.split(separator: "\n").compactMap {
      Finding(line: $0, under: name)
    }
  }
}

extension JailPolicy {
  /// One layer alone: Landlock, or the view that namespaces give.
  fileprivate static func pathDefenceOnly(of level: JailLevel) -> JailPolicy {
    var policy = JailPolicy(filter: .none)
    policy.omitted = level == .isolated ? [.filter, .landlock] : [.filter]
    return policy
  }
}

extension JailReport.Finding {
  private static let harmless: Set<Substring> = ["start-thread", "handle-signal"]
  private static let aboutPaths: Set<Substring> = [
    "read-canary", "write-file", "read-process-list",
  ]

  /// A line of the probe: `read-canary denied EACCES`.
  fileprivate init?(line: Substring, under: String) {
    let words = line.split(separator: " ")
    guard words.count >= 2 else { return nil }
    self.under = under
    attempt = String(words[0])
    isAllowed = words[1] == "allowed"
    let isJudged = under != "paths" || Self.aboutPaths.contains(words[0])
    shouldBeAllowed = isJudged ? Self.harmless.contains(words[0]) : isAllowed
  }
}

/// A file that everyone may read, and no jailed program.
private struct Canary: ~Copyable {
  let path: String

  init(in folder: String) throws(SandboxFault) {
    var template = Array("\(folder)/canary-XXXXXX".utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else { throw .system(call: "mkstemp in \(folder)", .last) }
    fchmod(file, 0o644)
    close(file)
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    unlink(path)
  }
}
