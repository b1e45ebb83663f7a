package import ClassCore
import Foundation
import Gradebook
import GraderCore
package import GraderRuntime

extension ResultsFolder {
  private var policyPath: String { "\(path)/\(Self.policyName)" }
  private var rosterPath: String { "\(path)/\(Self.rosterName)" }
  private static let (policyName, rosterName) = ("policy.yaml", "roster.csv")

  /// Keeps the class's policy and roster with its results, so that later runs need not name them.
  package func keep(policy: String?, roster: String?) throws(GraderFault) {
    if let policy, Files.real(policy) != Files.real(policyPath) {
      try files.write(try Files.read(policy), to: Self.policyName)
    }
    if let roster, Files.real(roster) != Files.real(rosterPath) {
      try files.write(try RosterFile.kept(roster), to: Self.rosterName)
    }
  }

  /// The policy in a file, else the one that was kept, else none.
  package func policy(_ file: String? = nil) throws(GraderFault) -> ClassPolicy {
    if let file { return try PolicyFile.read(file) }
    return Files.exists(policyPath) ? try PolicyFile.read(policyPath) : ClassPolicy()
  }

  /// The roster that was kept; nil if none was.
  package func roster() throws(GraderFault) -> Roster? {
    Files.exists(rosterPath) ? try RosterFile.read(rosterPath).roster : nil
  }

  /// The ingredients of final grades: the marks and the time as they are now, and a policy.
  package func finalGrading(_ policy: ClassPolicy) throws(GraderFault) -> FinalGrading {
    FinalGrading(marks: try withBook { try $0.marks() }, policy: policy, now: .now)
  }

  /// Everybody's result with the final grade, computed anew from grades, marks and policy.
  package func finalResults(_ policy: ClassPolicy) throws(GraderFault) -> [ClassResult] {
    try finalGrading(policy).results(try withBook { try $0.results() })
  }
}
