/// The frozen work of a run on many machines: which submission is in which shard, and under what it
/// is graded.
///
/// It is written once and known by its digest. Nothing of it follows from the environment of who
/// works on a shard.
package struct RunPlan: Codable, Equatable, Sendable {
  /// Content that is graded once, and all who handed it in.
  package struct Submission: Codable, Equatable, Sendable {
    /// The key that its grade answers: all that the grade depends on.
    package var key: String
    /// SHA-256 of the archive, which the results keep among their originals.
    package var archive: String
    /// The name that it was handed in by.
    package var name: String
    /// The name by which people know it.
    package var shown: String
    /// The assignment that intake was told; nil if the content tells.
    package var chosen: String?
    /// The assignment that it is of; nil if it cannot be graded.
    package var assignment: String?
    /// The digest of the files that are graded; nil if none can be.
    package var digest: String?
    /// The rule by which it was taken in, as the gradebook names it.
    package var intake: String
    /// The attempts that get the grade.
    package var owners: [Owner]

    package init(
      key: String,
      archive: String,
      name: String,
      shown: String,
      chosen: String?,
      submission: (assignment: String, digest: String)?,
      intake: String,
      owners: [Owner]
    ) {
      (self.key, self.archive, self.name, self.shown) = (key, archive, name, shown)
      (self.chosen, self.intake, self.owners) = (chosen, intake, owners)
      (assignment, digest) = (submission?.assignment, submission?.digest)
    }
  }

  /// An attempt that a grade is for.
  package struct Owner: Codable, Equatable, Sendable {
    /// The attempt's identity.
    package var attempt: String
    /// SHA-256 of its archive: the same files can be packed in several ways.
    package var archive: String
    /// The name of its archive.
    package var name: String

    package init(attempt: String, archive: String, name: String) {
      (self.attempt, self.archive, self.name) = (attempt, archive, name)
    }
  }

  /// The means of grading, which all machines must have alike.
  package struct Means: Codable, Equatable, Sendable {
    /// The grader's version.
    package var grader: String
    /// The digest of the toolchain.
    package var toolchain: String
    /// The level of the jail.
    package var jail: String
    /// The digests of the hidden suites, by assignment.
    package var suites: [String: String]
    /// The digest of the class's policy.
    package var policy: String
    /// The seed that was asked for, in decimals; nil where it follows from the content.
    package var seed: String?

    package init(
      grader: String,
      toolchain: String,
      jail: String,
      suites: [String: String],
      policy: String,
      seed: String?
    ) {
      (self.grader, self.toolchain, self.jail) = (grader, toolchain, jail)
      (self.suites, self.policy, self.seed) = (suites, policy, seed)
    }
  }

  /// The format.
  package private(set) var schema = "chainrule-plan/1"
  /// See `Means`.
  package var means: Means
  /// The number of shards.
  package var shards: Int
  /// All work, in order.
  package var submissions: [Submission]
  /// The counts of what was settled when it was made.
  package var tally: BatchTally
  /// Sentences on what could not be taken in.
  package var findings: [String]

  package init(
    means: Means,
    shards: Int,
    submissions: [Submission],
    tally: BatchTally,
    findings: [String] = []
  ) {
    (self.means, self.submissions, self.tally) = (means, submissions, tally)
    self.findings = findings
    self.shards = max(1, min(shards, submissions.count))
  }

  /// The work of a shard; shards differ in length by one at most.
  package func work(of shard: Shard) -> [Submission] {
    stride(from: shard.index - 1, to: submissions.count, by: shard.count).map { submissions[$0] }
  }

  /// All shards.
  package var allShards: [Shard] { (1...shards).map { Shard(index: $0, of: shards) } }

  // MARK: Lengths

  /// The number of shards that suits so many submissions.
  ///
  /// A shard costs its start, with the known-answer run, and is what a lost node loses: some
  /// minutes of work for each core are the flat optimum. Where it is known how many run at once,
  /// there are two for each place, so that a slow one does not keep the rest waiting.
  package static func usualShards(submissions: Int, cores: Int, running: Int?) -> Int {
    let long = parts(of: submissions, each: 60 * cores)
    let wanted = running.map { min(2 * $0, parts(of: submissions, each: 10 * cores)) } ?? 1
    // Slurm's own bound on the numbers of an array is 1001, if its site set none.
    return min(1000, max(long, wanted, 1))
  }

  private static func parts(of count: Int, each size: Int) -> Int { (count + size - 1) / size }
}
