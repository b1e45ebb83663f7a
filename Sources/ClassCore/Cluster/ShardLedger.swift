package import GraderCore

/// The standing of a shard, from all attempts at it: the same in whatever order they are read.
package struct ShardLedger: Sendable {
  /// A verdict that counts.
  package struct Verdict: Sendable {
    /// The digest of what machines must agree on.
    package var digest: String
    /// The grade.
    package var grade: Grade
    /// The name of the attempt that wrote it.
    package var attempt: String

    /// Of two, the one that counts: nobody loses points by grading twice.
    fileprivate func isBetter(than other: Verdict) -> Bool {
      if grade.score != other.grade.score { return grade.score > other.grade.score }
      return (digest, attempt) < (other.digest, other.attempt)
    }
  }

  /// The number of starts that may die on a submission before it is left to people.
  package static let mostDeaths = 2

  /// The work.
  package let work: [RunPlan.Submission]
  /// The verdicts that count, by key.
  package private(set) var verdicts: [String: Verdict] = [:]
  /// The keys of submissions that got verdicts that differ.
  package private(set) var disputed: Set<String> = []
  /// The number of verdicts beyond the first of each submission.
  package private(set) var duplicates = 0
  /// The number of attempts that are of another plan.
  package private(set) var foreign = 0
  /// The number of attempts.
  package private(set) var attempts = 0
  /// The reasons why machines graded nothing, and how many gave each.
  package private(set) var refusals: [String: Int] = [:]

  private var faults: [String: [AttemptRecord.RecordedFault]] = [:]
  private var deaths: [String: Int] = [:]
  private let plan: String
  private let keys: Set<String>

  /// The shard with this work in a plan with this digest, before any attempt.
  package init(_ work: [RunPlan.Submission], plan: String) {
    (self.work, self.plan) = (work, plan)
    keys = Set(work.map(\.key))
  }

  /// Adds an attempt, by the whole lines of it that can be read.
  package mutating func add(_ name: String, _ records: [AttemptRecord]) {
    attempts += 1
    guard case .opened(let opening)? = records.first else { return }
    guard opening.plan == plan else {
      foreign += 1
      return
    }
    var begun: Set<String> = []
    for record in records {
      switch record {
      case .opened: break
      case .started(let key): begun.insert(key)
      case .graded(let key, let digest, let grade):
        begun.remove(key)
        if keys.contains(key) {
          add(Verdict(digest: digest, grade: grade, attempt: name), of: key)
        }
      case .failed(let key, let fault):
        begun.remove(key)
        faults[key, default: []].append(fault)
      case .refused(let reason): refusals[reason, default: 0] += 1
      case .ended: begun = []
      }
    }
    for key in begun { deaths[key, default: 0] += 1 }
  }

  private mutating func add(_ verdict: Verdict, of key: String) {
    guard let known = verdicts[key] else {
      verdicts[key] = verdict
      return
    }
    duplicates += 1
    if known.digest != verdict.digest { disputed.insert(key) }
    if verdict.isBetter(than: known) { verdicts[key] = verdict }
  }

  // MARK: What is left

  /// The state of a submission.
  package enum State: Equatable, Sendable {
    case graded
    /// Nobody has come to it, or a fault kept it that another attempt may not meet.
    case open(AttemptRecord.RecordedFault?)
    /// One start died on it.
    case suspect
    /// So many starts died on it that a person has to look.
    case deadly
  }

  /// The state of a submission of the shard.
  package func state(of submission: RunPlan.Submission) -> State {
    if verdicts[submission.key] != nil { return .graded }
    switch deaths[submission.key] ?? 0 {
    case 0:
      // The gravest, so that the order of attempts does not matter.
      let gravest = faults[submission.key]?.min { one, other in
        (one.kind == 70 ? 0 : 1, one.reason) < (other.kind == 70 ? 0 : 1, other.reason)
      }
      return .open(gravest)
    case 1..<Self.mostDeaths: return .suspect
    default: return .deadly
    }
  }

  /// The submissions that another attempt can give a verdict, those first on which nothing died.
  package var unfinished: (fresh: [RunPlan.Submission], suspects: [RunPlan.Submission]) {
    var left: (fresh: [RunPlan.Submission], suspects: [RunPlan.Submission]) = ([], [])
    for submission in work {
      switch state(of: submission) {
      case .graded, .deadly: break
      case .open: left.fresh.append(submission)
      case .suspect: left.suspects.append(submission)
      }
    }
    return left
  }

  /// True if no attempt can add anything.
  package var isFinished: Bool { unfinished.fresh.isEmpty && unfinished.suspects.isEmpty }

  /// The submissions that are left to people.
  package var deadly: [RunPlan.Submission] { work.filter { state(of: $0) == .deadly } }

  /// The fault that withholds a submission's grade; nil if it has one.
  package func fault(of submission: RunPlan.Submission) -> AttemptRecord.RecordedFault? {
    switch state(of: submission) {
    case .graded: nil
    case .open(let fault): fault ?? Self.notReached
    case .suspect: Self.notReached
    case .deadly:
      .init(
        kind: 70,
        reason: "\(deaths[submission.key] ?? 0) graders died while they graded it: "
          + "look at it with `grader ARCHIVE` on a machine of your own."
      )
    }
  }

  private static let notReached = AttemptRecord.RecordedFault(
    kind: 75,
    reason: "No machine has finished it yet."
  )
}
