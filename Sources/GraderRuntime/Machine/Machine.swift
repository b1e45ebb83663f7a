import Foundation
package import GraderCore
package import Sandbox

/// The means of this machine to hold untrusted code.
package struct Machine: Sendable {
  /// The jail that all untrusted programs run in.
  package let jail: Jail
  /// The record of it in every grade.
  package let record: Provenance.JailRecord
  /// The reader of archives.
  let intakeReader: String

  /// A machine whose jail has been tried.
  package init(jail: Jail, record: Provenance.JailRecord, intakeReader: String) {
    self.jail = jail
    self.record = record
    self.intakeReader = intakeReader
  }

  /// The wanted strength of the jail.
  package enum Isolation: Sendable {
    /// As strong as this machine can, and at least `L2`.
    case strongest
    /// Exactly this.
    case level(JailLevel)
  }

  /// The jail of this machine, which is tried once after each start of the machine.
  ///
  /// - Throws: `GraderFault` when the machine cannot hold untrusted code.
  package static func detect(
    _ isolation: Isolation,
    cache: Cache
  ) throws(GraderFault) -> Machine {
    let report = try jailReport(cache: cache)
    let level: JailLevel
    switch isolation {
    case .strongest where report.level >= .restricted: level = report.level
    case .strongest:
      throw GraderFault(
        .unavailable,
        "This machine cannot hold untrusted code. \(report.problems)",
        remedy: "Run `grader doctor` for all that was tried. For code of your own, --no-jail."
      )
    case .level(let wanted): level = wanted
    }
    let ownReader = try helper("grader-intake")
    do throws(SandboxFault) {
      // As root it runs as another user, who may not reach the folder that the grader is in.
      let reader = report.dropsUser ? try copyProgram(ownReader, to: cache.root) : ownReader
      return Machine(
        jail: try Jail(report, level: level),
        record: report.record(of: level),
        intakeReader: reader
      )
    } catch {
      guard case .unavailable = error else { throw GraderFault(sandbox: error) }
      throw GraderFault(
        .unavailable,
        "This machine offers no jail of level \(level.rawValue). \(report.problems)",
        remedy: "Run `grader doctor` for all that was tried."
      )
    }
  }

  /// The report on this machine, made now or earlier since it started.
  package static func jailReport(
    cache: Cache,
    anew: Bool = false
  ) throws(GraderFault) -> JailReport {
    let launcher = try helper("grader-jail")
    let bubblewrap = ["/usr/bin/bwrap", "/usr/local/bin/bwrap"].first(where: Files.exists)
    let path = "\(cache.root)/jail-\(Digest.hex(of: Array(launcher.utf8)).prefix(12)).json"
    if !anew, let bytes = try? Files.read(path),
      let report = try? JSONDecoder().decode(JailReport.self, from: Data(bytes)),
      report.isCurrent(launcher: launcher, bubblewrap: bubblewrap)
    {
      return report
    }
    do {
      let report = try JailReport.examine(
        launcher: launcher,
        bubblewrap: bubblewrap,
        folder: cache.root
      )
      try Files.write([UInt8](try JSONEncoder().encode(report)), to: path)
      return report
    } catch let fault as SandboxFault {
      throw GraderFault(sandbox: fault)
    } catch let fault as GraderFault {
      throw fault
    } catch {
      throw GraderFault(.broken, "The report on the jail cannot be kept: \(error)")
    }
  }

  /// The grader's own file, links resolved.
  package static func ownExecutable() throws(GraderFault) -> String {
    Files.real("/proc/self/exe")
  }

  /// The path of a helper program of the grader's: beside the grader's own file, links resolved.
  package static func helper(_ name: String) throws(GraderFault) -> String {
    if let path = Files.besideGrader(name) { return path }
    throw GraderFault(.noHelper(name, in: Files.graderFolder))
  }
}

extension JailReport {
  /// The record of a jail of this level in every grade.
  func record(of level: JailLevel) -> Provenance.JailRecord {
    guard level > .unjailed, let trial = trials.first(where: { $0.level == level }) else {
      return Provenance.JailRecord(level: level.rawValue, enforced: ["limits"])
    }
    var enforced = ["limits", "seccomp"]
    if let version = trial.enforcement?.landlockVersion, version > 0 {
      enforced.append("landlock (version \(version))")
    }
    if level == .isolated { enforced.append("namespaces") }
    if dropsUser { enforced.append("a user of its own") }
    return Provenance.JailRecord(level: level.rawValue, enforced: enforced)
  }

  /// The reasons why levels do not hold, in sentences.
  var problems: String {
    trials.compactMap { trial in
      trial.problem.map { problem in
        "\(trial.level.rawValue): \(problem.reason)\(problem.hint.map { " (\($0))" } ?? "")."
      }
    }.joined(separator: " ")
  }
}
