package import GraderCore

/// One line of what an attempt at a shard writes down: only ever added, by one process.
package enum AttemptRecord: Codable, Equatable, Sendable {
  /// The first line: who works on what.
  case opened(Opening)
  /// Work on a submission begins.
  case started(key: String)
  /// A submission has its verdict.
  case graded(key: String, verdict: String, grade: Grade)
  /// A fault of ours keeps a submission from its verdict.
  case failed(key: String, fault: RecordedFault)
  /// This machine cannot grade, and nothing was graded.
  case refused(reason: String)
  /// The attempt came to an end of its own; what it had begun then was not what ended it.
  case ended(interrupted: Bool)

  /// The circumstances of an attempt.
  package struct Opening: Codable, Equatable, Sendable {
    /// The digest of the plan.
    package var plan: String
    /// The number of the shard.
    package var shard: Int
    /// The machine.
    package var host: String
    /// The engine's name for the job, with its restarts.
    package var job: String
    /// The time, for people: nothing is decided by it.
    package var openedAt: String

    package init(plan: String, shard: Int, host: String, job: String, openedAt: String) {
      (self.plan, self.shard, self.host) = (plan, shard, host)
      (self.job, self.openedAt) = (job, openedAt)
    }
  }

  /// A fault of ours, as it is written down.
  package struct RecordedFault: Codable, Equatable, Sendable {
    /// The exit status of its kind.
    package var kind: Int32
    /// The reason, in a line.
    package var reason: String
    /// The words of a program that failed, for staff alone.
    package var detail: String

    package init(kind: Int32, reason: String, detail: String = "") {
      (self.kind, self.reason, self.detail) = (kind, reason, detail)
    }
  }
}
