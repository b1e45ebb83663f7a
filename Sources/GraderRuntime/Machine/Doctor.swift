import Foundation
import GraderCore
import Sandbox

/// Finds out, by trying, whether this machine can grade.
package struct Doctor {
  let cache: Cache
  let course: String?

  /// One thing that grading needs.
  package struct Finding: Sendable {
    /// The subject of the finding.
    package var subject: String
    /// True if it is in order.
    package var isGood: Bool
    /// The finding in words.
    package var text: String
    /// The remedy; empty if none is needed.
    package var remedy = ""
  }

  package init(cache: Cache, course: String?) {
    self.cache = cache
    self.course = course
  }

  /// All findings, in the order in which to mend them.
  package func examine() -> [Finding] {
    var findings = [systemPackages()]
    findings.append(finding("toolchain") { () throws(GraderFault) in try toolchainText() })
    findings.append(
      finding("course") { () throws(GraderFault) in
        let course = try Course.find(explicit: course)
        let ids = course.assignmentIDs.joined(separator: ", ")
        return "\(course.root), found by \(course.origin): \(ids)"
      }
    )
    findings.append(finding("cache") { () throws(GraderFault) in try cacheText() })
    do throws(GraderFault) {
      let report = try Machine.jailReport(cache: cache, anew: true)
      findings += jail(report)
      findings.append(
        finding("jailed tools") { () throws(GraderFault) in try jailedTools(report) }
      )
    } catch {
      findings.append(
        Finding(subject: "jail", isGood: false, text: error.what, remedy: error.remedy)
      )
    }
    findings.append(slurm())
    return findings
  }

  /// Slurm is for who grades on many machines, and nobody else needs it.
  private func slurm() -> Finding {
    let result = try? Tool.run("/usr/bin/env", ["sbatch", "--version"])
    let version = result.flatMap { $0.status == 0 ? $0.outputText : nil }
    return Finding(
      subject: "Slurm",
      isGood: true,
      text: version?.trimmingCharacters(in: .whitespacesAndNewlines)
        ?? "not here: `grader batch --engine slurm` needs it, and nothing else"
    )
  }

  private func finding(
    _ subject: String,
    _ look: () throws(GraderFault) -> String
  ) -> Finding {
    do throws(GraderFault) {
      return Finding(subject: subject, isGood: true, text: try look())
    } catch {
      return Finding(subject: subject, isGood: false, text: error.what, remedy: error.remedy)
    }
  }

  // MARK: Looks

  /// The packages of `.ci/setup` that grading cannot do without, or not as fast.
  private static let packages = [
    "binutils", "libarchive-dev", "libsqlite3-dev", "libssl-dev", "zlib1g-dev",
  ]

  private func systemPackages() -> Finding {
    let result = try? Tool.run(
      "/usr/bin/dpkg-query",
      ["--show", "--showformat=${Package} ${Version} ${db:Status-Status}\n"] + Self.packages
    )
    guard let lines = result?.outputText.split(separator: "\n") else {
      return Finding(
        subject: "system packages",
        isGood: true,
        text: "not a Debian system: nobody knows, but the grader was built"
      )
    }
    let installed = lines.filter { $0.hasSuffix(" installed") }.map { $0.dropLast(10) }
    let missing = Self.packages.filter { name in
      !installed.contains { $0.hasPrefix(name + " ") }
    }
    return Finding(
      subject: "system packages",
      isGood: missing.isEmpty,
      text: missing.isEmpty
        ? installed.joined(separator: ", ") : "missing: \(missing.joined(separator: ", "))",
      remedy: missing.isEmpty ? "" : "Install them with .ci/setup."
    )
  }

  private func toolchainText() throws(GraderFault) -> String {
    let toolchain = try Toolchain.find()
    let facts = try toolchain.facts(in: cache)
    try facts.check(toolchain)
    return "\(facts.version), \(toolchain.root)"
  }

  private func cacheText() throws(GraderFault) -> String {
    let (whole, damaged) = cache.examine()
    guard damaged.isEmpty else {
      throw GraderFault(
        .broken,
        "\(cache.root): not as they were made: \(damaged.joined(separator: ", ")).",
        remedy: "What is needed of it is made anew; delete the rest."
      )
    }
    return "\(cache.root): \(whole) artefacts, all as they were made"
  }

  private func jail(_ report: JailReport) -> [Finding] {
    var findings = report.trials.map { trial in
      Finding(
        subject: "jail \(trial.level.rawValue)",
        isGood: trial.holds || report.level >= .restricted,
        text: trial.holds
          ? report.record(of: trial.level).enforced.joined(separator: ", ")
          : "does not hold: \(trial.problem?.reason ?? "")",
        remedy: trial.problem?.hint ?? ""
      )
    }
    if let problem = report.dropProblem {
      findings.append(
        Finding(
          subject: "jail's own user",
          isGood: true,
          text: problem.reason,
          remedy: problem.hint ?? ""
        )
      )
    }
    return findings
  }

  /// The compiler and the cache have to be within reach of the user that the jail drops to.
  private func jailedTools(_ report: JailReport) throws(GraderFault) -> String {
    let toolchain = try Toolchain.find()
    let jail = ToolJail(jail: Jail(report), toolchain: toolchain)
    let work = try WorkFolder()
    let probe = "\(cache.root)/readable"
    try Files.write(Array("readable\n".utf8), to: probe)
    let compiler = try jail.run(
      toolchain.frontend,
      ["-frontend", "-version"],
      work: work,
      readable: [cache.root],
      limits: GradingLimits(),
      seconds: 10
    )
    guard compiler.succeeded else {
      throw GraderFault(
        .unavailable,
        "The compiler does not start in the jail: "
          + Printable.block(compiler.explanation, longest: 500),
        remedy: "As root, programs run as another user: the toolchain (\(toolchain.root)) must not "
          + "lie beneath a closed home folder."
      )
    }
    let reader = try jail.run(
      "/bin/cat",
      [probe],
      work: work,
      readable: [cache.root],
      limits: GradingLimits(),
      seconds: 10
    )
    guard reader.succeeded else {
      throw GraderFault(
        .unavailable,
        "The cache \(cache.root) cannot be read in the jail.",
        remedy: "Set CHAINRULE_CACHE to a folder that every user can reach."
      )
    }
    return "the compiler starts and the cache can be read in the jail"
  }
}
