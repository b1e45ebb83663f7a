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
    /// The commits that count, and when they were pushed.
    package var commits: CommitList?
    /// True if students may be told from a system's names alone.
    package var trustsNames: Bool
    /// The assignment of all; found from the content if nil.
    package var assignment: String?

    package init(
      roster: Roster? = nil,
      policy: ClassPolicy = ClassPolicy(),
      commits: CommitList? = nil,
      trustsNames: Bool = false,
      assignment: String? = nil
    ) {
      self.roster = roster
      self.policy = policy
      self.commits = commits
      self.trustsNames = trustsNames
      self.assignment = assignment
    }
  }

  /// The plan that says who handed in what.
  package let plan: DownloadPlan
  /// All attempts, and whether each counts.
  package let attempts: [Attempt]
  /// Sentences on the hand-ins that count and could not be taken in, or are nobody's.
  package var findings: [String] {
    let open = attempts.filter { $0.counts && ($0.trouble != nil || $0.students.isEmpty) }
    return BatchText.open(open)
  }

  /// The number of hand-ins that count and could not be taken in, or are nobody's.
  package let unsettled: Int
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
    workshop: Workshop
  ) throws(GraderFault) {
    let download = try ClassDownload(
      path,
      excluding: results,
      commits: options.commits,
      machine: workshop.machine
    )
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
    let sorter = HandInSorter(
      download: download,
      workshop: workshop,
      chosen: options.assignment,
      originals: originals
    )
    self.plan = try sorter.sorted(try download.collect(plan, into: originals))
    attempts = options.policy.flagging(self.plan.attempts).named { Digest.hex(of: Array($0.utf8)) }
    let open = attempts.count { $0.counts && ($0.trouble != nil || $0.students.isEmpty) }
    unsettled = open + self.plan.oddities.count { $0.isWithoutOwner }
  }
}

extension Oddity {
  /// True if something cannot be read that has no name to tell its owner by.
  fileprivate var isWithoutOwner: Bool {
    if case .unusable(_, "its name leaves the folder") = self { return true }
    return false
  }
}
