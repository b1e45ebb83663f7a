import Foundation
package import GraderCore
package import Sandbox

/// What this machine can do to hold untrusted code.
package struct Machine: Sendable {
  /// The jail that all untrusted programs run in.
  package let jail: Jail
  /// What every grade says about it.
  package let record: Provenance.JailRecord
  /// The reader of archives.
  let intakeReader: String

  /// A machine whose jail has been tried.
  package init(jail: Jail, record: Provenance.JailRecord, intakeReader: String) {
    self.jail = jail
    self.record = record
    self.intakeReader = intakeReader
  }

  /// The strongest jail of this machine.
  package static func detect(noJail: Bool) throws(GraderFault) -> Machine {
    let launcher = try helper("grader-jail")
    return Machine(
      jail: Jail(launcher: launcher, level: noJail ? .unjailed : .restricted),
      record: Provenance.JailRecord(level: noJail ? "none" : "L2", enforced: []),
      intakeReader: try helper("grader-intake"))
  }

  /// Where a helper program of the grader's is: beside the grader's own file, links resolved.
  package static func helper(_ name: String) throws(GraderFault) -> String {
    let folder = (Files.real("/proc/self/exe") as NSString).deletingLastPathComponent
    for candidate in ["\(folder)/\(name)", "\(folder)/../libexec/chainrule/\(name)"]
    where Files.exists(candidate) {
      return Files.real(candidate)
    }
    throw GraderFault(
      .unavailable, "\(name) is not beside the grader in \(folder).",
      remedy: "Build the whole package with `swift build`, or install it with `grader install`.")
  }
}
