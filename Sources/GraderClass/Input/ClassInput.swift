package import ClassCore
import Foundation
import GraderCore
package import GraderRuntime

/// The hand-ins of a class, ready to be graded: archives in the file system, and their owners.
package struct ClassInput {
  /// The caller's further knowledge.
  package struct Options: Sendable {
    /// Everybody in the class.
    package var roster: Roster?
    /// The policy that the class agreed on.
    package var policy: ClassPolicy
    /// True if students may be told from a system's names alone.
    package var trustsNames: Bool

    package init(
      roster: Roster? = nil,
      policy: ClassPolicy = ClassPolicy(),
      trustsNames: Bool = false
    ) {
      self.roster = roster
      self.policy = policy
      self.trustsNames = trustsNames
    }
  }

  /// The plan that says who handed in what.
  package let plan: DownloadPlan
  /// All attempts, and whether each counts.
  package let attempts: [Attempt]
  /// Everybody: the roster, or those who handed in.
  package var students: [Student] { plan.students }

  /// Takes in a folder or a zip.
  ///
  /// What has to be unpacked or packed lies in `originals`, under its SHA-256.
  ///
  /// - Throws: `GraderFault` when nothing can be read, or a system's names are all there is and
  ///   nobody said that they will do.
  package init(
    _ path: String,
    options: Options,
    results: String,
    originals: String,
    machine: Machine
  ) throws(GraderFault) {
    let download = try ClassDownload(path, excluding: results, machine: machine)
    let plan = download.plan(
      in: DownloadContext(
        roster: options.roster,
        due: options.policy.due,
        timeZone: options.policy.zone ?? .current,
        sharesInGroups: options.policy.groups
      )
    )
    guard plan.kind != nil else {
      throw GraderFault(
        .usage,
        "Nothing in \(path) looks like a hand-in.",
        remedy: "Name a folder of archives or of students' folders, or a learning system's zip."
      )
    }
    let isPlain = plan.kind == .archives || plan.kind == .folders
    if options.roster == nil, !options.trustsNames, !isPlain {
      throw GraderFault(
        .usage,
        "\(DownloadText.summary(plan))Nothing was graded.",
        remedy: "Say who is in the class with --roster FILE, or --yes if the names will do."
      )
    }
    self.plan = try download.collect(plan, into: originals)
    attempts = options.policy.counting(self.plan.attempts).named { Digest.hex(of: Array($0.utf8)) }
  }
}
