package import ClassCore
import Foundation
import GradeFormats
import Gradebook
import GraderCore
package import GraderRuntime

/// Grades again what a change of the suite touches, and says who gained and who lost.
///
/// Tests whose code, rubric and limits are as before keep their results; the others run with the
/// seed of the earlier grade.
package struct Regrade: Sendable {
  let workshop: Workshop
  let folder: ResultsFolder
  let jobs: Int
  /// True if the better grade stays.
  let neverLower: Bool
  /// True if nothing is written, and nobody's grade changes.
  let isTrial: Bool

  package init(
    workshop: Workshop,
    folder: ResultsFolder,
    jobs: Int?,
    neverLower: Bool,
    isTrial: Bool
  ) {
    self.workshop = workshop
    self.folder = folder
    self.jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    self.neverLower = neverLower
    self.isTrial = isTrial
  }

  /// Attempts with the same files, which are graded once.
  private struct Group: Sendable {
    var assignment: String
    var digest: String
    var attempts: [Attempt]
  }

  private struct Done: Sendable {
    var rows: [RegradeDiff.Row] = []
    var ran = 0
    var tests = 0
    var untouched = 0
    /// The grade by the new suite, which is the same for all of the group.
    var fresh: Grade?
  }

  /// Grades again, and gives each attempt its new grade, or the earlier one if that is to stay.
  package func run(progress: any BatchProgress) throws(GraderFault) -> RegradeDiff {
    var groups = try groups()[...]
    let order = groups.flatMap { $0.attempts.map(\.slug) }
    let standings = try folder.withBook { try $0.standings() }
    var diff = RegradeDiff(isTrial: isTrial)
    var tally = BatchTally(total: order.count)
    WorkPool<Group, Result<Done, GraderFault>>(jobs: jobs, patience: .seconds(15)).run(
      next: { groups.popFirst() },
      perform: { group in
        Result { () throws(GraderFault) in
          try regrade(group, standings) { [progress] in progress.note($0) }
        }
      },
      finished: { group, result in
        switch result {
        case .success(let done):
          diff.rows += done.rows
          diff.ran = (diff.ran.tests + done.ran, diff.ran.of + done.tests)
          diff.untouched += done.untouched
          tally.graded += done.rows.count
          tally.unchanged += done.untouched
        case .failure(let fault):
          for attempt in group.attempts {
            diff.withheld.append(
              isTrial ? BatchTally.Withheld(attempt, fault) : folder.withhold(attempt, fault)
            )
          }
          tally.withheld = diff.withheld
        }
      },
      tick: { running in
        progress.update(
          tally,
          current: running.map { work in
            BatchText.Current(
              name: work.work.attempts.first?.slug ?? "",
              seconds: (SuspendingClock.now - work.since) / .seconds(1)
            )
          }
        )
      }
    )
    let places = Dictionary(zip(order, order.indices)) { first, _ in first }
    diff.rows.sort { places[$0.name] ?? 0 < places[$1.name] ?? 0 }
    return diff
  }

  private func groups() throws(GraderFault) -> [Group] {
    var groups: [String: Group] = [:]
    var order: [String] = []
    for attempt in try folder.withBook({ try $0.attempts() }) where attempt.counts {
      guard let grade = try folder.withBook({ try $0.grade(of: attempt.id) }),
        let assignment = grade.assignment, let digest = grade.submission.digest
      else { continue }
      let name = "\(assignment) \(digest)"
      if groups[name] == nil { order.append(name) }
      groups[name, default: Group(assignment: assignment, digest: digest, attempts: [])]
        .attempts.append(attempt)
    }
    return order.compactMap { groups[$0] }
  }

  // MARK: One group

  private func regrade(
    _ group: Group,
    _ standings: [String: Gradebook.Standing],
    note: @escaping @Sendable (String) -> Void
  ) throws(GraderFault) -> Done {
    let key = try workshop.key(submission: (group.assignment, group.digest), seed: nil)
    var done = Done()
    for attempt in group.attempts {
      guard standings[attempt.id]?.key != key || standings[attempt.id]?.withheld != nil else {
        done.untouched += 1
        continue
      }
      guard let standing = standings[attempt.id], let number = standing.grade,
        let before = try folder.withBook({ try $0.grade(of: attempt.id) })
      else { continue }
      let after = try newGrade(of: group, key: key, before: before, &done, note)
      let own = after.handedIn(
        as: ArchiveFacts(submission: before.submission, intake: before.intake)
      )
      let isKept = neverLower && own.score < before.score
      done.rows.append(
        RegradeDiff.Row(name: attempt.slug, before: before, after: own, isKept: isKept)
      )
      guard !isTrial else { continue }
      try folder.write(isKept ? before : own, for: attempt)
      try folder.withBook { book in
        let id = try book.grade(key: key)?.id ?? book.add(after, key: key)
        try book.award(
          isKept ? number : id,
          as: isKept ? before : own,
          key: key,
          to: attempt.id,
          because: isKept ? .kept : .regrade
        )
      }
    }
    return done
  }

  /// The grade by the new suite, from the gradebook if it is there.
  private func newGrade(
    of group: Group,
    key: String,
    before: Grade,
    _ done: inout Done,
    _ note: @escaping @Sendable (String) -> Void
  ) throws(GraderFault) -> Grade {
    if let fresh = done.fresh { return fresh }
    if let known = try folder.withBook({ try $0.grade(key: key) }) { return known.grade }
    let course = try workshop.assignment(group.assignment)
    let touched = try touched(before, course)
    done.tests += course.assignment.tests.count
    let digests = try workshop.keyParts(of: group.assignment)
    let suite = "sha256:\(digests.suite)"
    let grade: Grade
    if touched.all.isEmpty {
      grade = before.rescored(
        by: course.assignment,
        suiteDigest: suite,
        fingerprint: digests.fingerprint
      )
    } else {
      let archive = try folder.original(
        before.submission.archiveDigest,
        name: before.submission.name
      )
      let taken = try workshop.takeIn(archive, chosen: group.assignment)
      guard taken.submission?.digest == group.digest else {
        throw GraderFault(
          .broken,
          "What is taken in of \(before.submission.name) has changed.",
          remedy: "Run `grader batch` again, which looks at every archive anew."
        )
      }
      var options = Workshop.Options(
        seed: before.provenance.seed.flatMap { UInt64($0) },
        jobs: Batch.testsAtOnce
      )
      (options.preparationJobs, options.progress) = (jobs, note)
      options.keepsObjects = true
      func graded(_ tests: Set<String>) throws(GraderFault) -> Grade {
        options.known = before.standing(by: course.assignment).filter { !tests.contains($0.key) }
        done.ran += tests.count
        return try workshop.grade(taken, options: options)
      }
      let first = try graded(touched.deciding ?? touched.all)
      let isDecided = touched.deciding.map { before.ends($0, like: first) } ?? true
      grade = isDecided ? first : try graded(touched.all)
    }
    done.fresh = grade
    if !isTrial { try folder.note(suite, of: group.assignment, by: workshop) }
    return grade
  }

  /// The tests that run again, and those that can make that needless: where they end as before, no
  /// other can end in another way.
  private func touched(
    _ before: Grade,
    _ course: CourseAssignment
  ) throws(GraderFault) -> (all: Set<String>, deciding: Set<String>?) {
    let everything = (Set(course.assignment.tests.map(\.id)), nil as Set<String>?)
    guard let suite = before.provenance.suiteDigest,
      let text = try folder.withBook({ try $0.fingerprints(ofSuite: suite) }),
      let earlier = try? JSONDecoder().decode(SuiteFingerprints.self, from: Data(text.utf8))
    else { return everything }
    // Rows of pending work can have been added or be gone; they wait for people either way.
    let pending = Set(before.tests.filter { $0.status.isPending }.map(\.id))
    guard pending == Set(course.assignment.pending.map(\.id)) else { return everything }
    let fingerprints = try workshop.fingerprints(of: course.assignment.id)
    let touched = fingerprints.touched(
      since: earlier,
      assignment: course.assignment,
      results: before.tests
    )
    guard !touched.isEmpty else { return ([], nil) }
    let deciding = fingerprints.deciding(
      since: earlier,
      assignment: course.assignment,
      results: before.tests
    )
    // What is excused or carried may hang on any test that lost points.
    let all = touched.union(before.tests.filter(\.hasLost).map(\.id))
      .intersection(course.assignment.tests.map(\.id))
    return (all, deciding == all ? nil : deciding)
  }
}

extension Grade {
  /// Tells whether these tests ended in another grade as they do in this one.
  fileprivate func ends(_ tests: Set<String>, like other: Grade) -> Bool {
    let rows = Dictionary(other.tests.map { ($0.id, $0) }) { first, _ in first }
    let same = self.tests.filter {
      $0.status == rows[$0.id]?.status && $0.score == rows[$0.id]?.score
    }
    return tests.isSubset(of: same.map(\.id))
  }
}

extension Grade.TestResult {
  /// True for a test that a machine graded and that did not give all of its points.
  fileprivate var hasLost: Bool { !status.isPending && score < maxScore }
}
