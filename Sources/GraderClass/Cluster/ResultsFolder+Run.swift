package import ClassCore
import Gradebook
import GraderCore
package import GraderRuntime

extension ResultsFolder {
  /// The end of a run on many machines.
  package struct Taken {
    /// The counts, beside what was settled when it was planned.
    package var tally: BatchTally
    /// Sentences on what a person should look at.
    package var findings: [String] = []
  }

  /// Enters all verdicts of a run in the gradebook, and withholds what has none.
  ///
  /// Taking the same again changes nothing. One shard is in memory at a time.
  package func take(_ run: RunFolder) throws(GraderFault) -> Taken {
    var taken = Taken(tally: run.plan.tally)
    let attempts = Dictionary(
      try withBook { try $0.attempts() }.map { ($0.id, $0) }
    ) { first, _ in first }
    let standings = try withBook { try $0.standings() }
    var (disputed, foreign): ([String], Int) = ([], 0)
    for shard in run.plan.allShards {
      let ledger = run.ledger(of: shard)
      foreign += ledger.foreign
      for submission in ledger.work {
        if ledger.disputed.contains(submission.key) { disputed.append(submission.shown) }
        let owners = submission.owners.compactMap { owner in
          attempts[owner.attempt].map { (owner, $0) }
        }
        try take(submission, owners, ledger, standings, into: &taken.tally)
      }
    }
    taken.findings = ClusterText.findings(disputed: disputed, foreign: foreign)
    return taken
  }

  private func take(
    _ submission: RunPlan.Submission,
    _ owners: [(owner: RunPlan.Owner, attempt: Attempt)],
    _ ledger: ShardLedger,
    _ standings: [String: Gradebook.Standing],
    into tally: inout BatchTally
  ) throws(GraderFault) {
    guard let verdict = ledger.verdicts[submission.key] else {
      for (_, attempt) in owners {
        guard let fault = ledger.fault(of: submission) else { continue }
        tally.withheld.append(
          BatchTally.Withheld(name: attempt.slug, kind: fault.kind, reason: fault.reason)
        )
        // A grade that it has by now is no less its own.
        guard standings[attempt.id]?.key != submission.key else { continue }
        try withBook {
          try $0.withhold(
            attempt.id,
            kind: fault.kind,
            reason: fault.reason,
            detail: fault.detail
          )
        }
      }
      return
    }
    let known = try withBook { try $0.grade(key: submission.key) }
    var id = known.flatMap { $0.grade.verdictDigest == verdict.digest ? $0.id : nil }
    let isNew = id == nil
    for (place, (owner, attempt)) in owners.enumerated() {
      let grade = verdict.grade.handedIn(as: try handedIn(owner, submission))
      if place == 0, let notes = grade.intake.staffNotes {
        tally.notes.append(.init(name: attempt.slug, text: notes.joined(separator: " ")))
      }
      tally.graded += place == 0 ? 1 : 0
      tally.shared += place == 0 ? 0 : 1
      let standing = standings[attempt.id]
      let isWritten = Files.exists(gradePath(of: attempt.slug))
      if !isNew, standing?.key == submission.key, standing?.withheld == nil, isWritten {
        continue
      }
      try write(grade, for: attempt)
      if let known = id {
        try withBook {
          try $0.award(known, as: grade, key: submission.key, to: attempt.id, because: .batch)
        }
      } else {
        id = try withBook {
          try $0.award(grade, key: submission.key, to: attempt.id, because: .batch)
        }
      }
    }
  }

  private func handedIn(
    _ owner: RunPlan.Owner,
    _ submission: RunPlan.Submission
  ) throws(GraderFault) -> ArchiveFacts {
    let known = try withBook {
      try $0.intake(archive: owner.archive, name: owner.name, policy: submission.intake)
    }
    guard let known else {
      throw GraderFault(
        .broken,
        "The gradebook in \(path) does not know \(submission.shown), which its plan is about.",
        remedy: "Run `grader batch` with its engine again."
      )
    }
    return ArchiveFacts(
      submission: Grade.SubmissionRecord(
        name: owner.name,
        archiveDigest: owner.archive,
        digest: submission.digest
      ),
      intake: known.record
    )
  }
}

/// The end of a run on many machines, on one of them.
package struct RunMerge {
  private let results: String
  private let plan: String?

  /// The merge of the run in a folder of results, which must have that plan if one is named.
  package init(_ results: String, plan: String? = nil) {
    (self.results, self.plan) = (results, plan)
  }

  /// The file of a run that holds the account of its last merge.
  package static let accountName = "account.txt"

  /// Enters everything in the gradebook, and writes what people read.
  package func run(
    course: Course,
    writesForPeople: Bool
  ) throws(GraderFault) -> (tally: BatchTally, summary: String) {
    let run = try RunFolder.demand(in: results, expected: plan)
    let folder = try ResultsFolder(results, creates: false, copiesBook: true)
    let taken = try folder.take(run)
    let summary = try folder.finish(
      taken.tally,
      policy: try folder.policy(),
      course: course,
      writesForPeople: writesForPeople,
      seconds: nil,
      findings: run.plan.findings + taken.findings
    )
    try run.write(summary + "\n", to: Self.accountName)
    return (taken.tally, summary)
  }
}
