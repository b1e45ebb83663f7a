/// Decides which assignment an archive is for, and which of its files are handed in.
///
/// Pure: the same listing always gives the same result.
///
/// - Parameters:
///   - listing: What the reader found.
///   - fileName: What the archive is called, if that is known.
///   - assignments: All that it could be for.
///   - chosen: The id of the assignment, when someone has said which; nil to find out.
///   - limits: The same that the reader was given.
/// - Returns: The submission, or the fact that keeps it from being graded.
/// - Precondition: `chosen` is the id of one of the assignments.
package func resolve(
  _ listing: ArchiveListing,
  fileName: String? = nil,
  assignments: [IntakeAssignment],
  chosen: String? = nil,
  limits: IntakeLimits = IntakeLimits()
) -> IntakeResult {
  precondition(
    chosen.map { id in assignments.contains { $0.id == id } } ?? true,
    "chosen is not one of the assignments"
  )
  let report = IntakeReport(listing, fileName: fileName)
  if let failure = listing.failure { return .refused(.unreadable(failure), report) }
  let matcher = AssignmentMatcher(listing: listing, assignments: assignments)
  switch matcher.match(chosen) {
  case .failure(let refusal):
    return .refused(refusal.problem, report.addingIgnored(listing.candidates))
  case .success(let fit):
    let foreign = matcher.foreignEntries(to: fit)
    let files = CollectedFiles(fit, listing.candidates, foreign: foreign)
    let full = report.adding(files, fit, foreign: foreign)
    if let problem = files.problem(within: limits) { return .refused(problem, full) }
    let submission = Submission(assignment: fit.assignment.id, files: files.submittedFiles)
    return .accepted(submission, full)
  }
}

/// Finds the assignment that an archive's files belong to.
struct AssignmentMatcher {
  let listing: ArchiveListing
  let assignments: [IntakeAssignment]
  /// All assignments that the archive could be for.
  let fits: [AssignmentFit]

  init(listing: ArchiveListing, assignments: [IntakeAssignment]) {
    self.listing = listing
    self.assignments = assignments
    fits = assignments.compactMap { AssignmentFit($0, to: listing.candidates) }
  }

  struct Refusal: Error { let problem: IntakeProblem }

  func match(_ chosen: String?) -> Result<AssignmentFit, Refusal> {
    if let chosen { return match(exactly: chosen) }
    let best = undominated
    if best.count > 1 {
      let workedOn = best.filter { files(of: $0).isWorkedOn($0.assignment.handout) }
      if workedOn.count == 1 { return .success(workedOn[0]) }
      let found = (workedOn.isEmpty ? best : workedOn).map(expectation)
      return .failure(Refusal(problem: .ambiguous(found)))
    }
    guard let only = best.first else {
      return .failure(Refusal(problem: nothingListed(assignments)))
    }
    return .success(only)
  }

  private func match(exactly id: String) -> Result<AssignmentFit, Refusal> {
    if let fit = fits.first(where: { $0.assignment.id == id && $0.isTelling }) {
      return .success(fit)
    }
    let others = fits.filter { $0.assignment.id != id }
    let wanted = assignments.filter { $0.id == id }
    for assignment in wanted {
      let left = AssignmentFit(assignment, to: listing.candidates, without: others.tellingEntries)
      if let left { return .success(left) }
    }
    let found = others.filter(\.isTelling).map(\.assignment.id)
    return .failure(
      Refusal(
        problem: found.isEmpty
          ? nothingListed(wanted) : .otherAssignment(chosen: id, found: found)
      )
    )
  }

  /// The fits that no other fit explains better.
  ///
  /// A `Derivation.md` alone could be of many assignments; beside the sources of one of them it
  /// says nothing about the others.
  private var undominated: [AssignmentFit] {
    let telling = fits.filter(\.isTelling)
    let pool = telling.isEmpty ? fits : telling
    let evidence = pool.map { files(of: $0).evidence }
    return pool.indices.filter { index in
      !evidence.contains { evidence[index].isStrictSubset(of: $0) }
    }.map { pool[$0] }
  }

  /// Entries in the folders of other assignments, which are never taken for this one.
  func foreignEntries(to fit: AssignmentFit) -> Set<Int> {
    fits.filter { $0.assignment.id != fit.assignment.id }.tellingEntries
      .subtracting(fit.isTelling ? fit.score.listed : [])
  }

  private func files(of fit: AssignmentFit) -> CollectedFiles {
    CollectedFiles(fit, listing.candidates, foreign: foreignEntries(to: fit))
  }

  private func expectation(_ fit: AssignmentFit) -> IntakeProblem.Expectation {
    let found = files(of: fit).files.keys.sorted()
    return IntakeProblem.Expectation(
      assignment: fit.assignment.id,
      files: Array(found.prefix(3))
    )
  }

  private func nothingListed(_ wanted: [IntakeAssignment]) -> IntakeProblem {
    let expected = wanted.map {
      IntakeProblem.Expectation(assignment: $0.id, files: Array($0.handIn.required.prefix(2)))
    }
    return .nothingListed(found: IntakeProblem.Contents(listing), expected: expected)
  }
}

extension IntakeProblem.Contents {
  init(_ listing: ArchiveListing) {
    let files =
      listing.candidates.map { ShownName($0.path) }
      + (listing.ignored[.notListed]?.examples ?? [])
    let depth = { (name: ShownName) in name.text.count { $0 == "/" } }
    examples = Array(files.sorted { (depth($0), $0) < (depth($1), $1) }.prefix(5))
    entries = listing.totals.entries
    nestedArchives = listing.ignored[.nestedArchive]?.examples ?? []
    unusableNames = listing.ignored[.unusableName]?.examples ?? []
  }
}

/// The files of one student for one assignment: what is graded, and nothing else.
package struct Submission: Equatable, Sendable {
  /// The assignment's id, as `a1-batch-norm`.
  package let assignment: String
  /// Sorted by path, so that the same content is the same submission however it was packed.
  package let files: [File]

  /// A file by its path in the hand-in: the student's, or what the course has in its place.
  package struct File: Equatable, Sendable {
    package let path: RelativePath
    package let content: [UInt8]

    package init(path: RelativePath, content: [UInt8]) {
      self.path = path
      self.content = content
    }
  }

  /// Only intake makes one.
  init(assignment: String, files: [File]) {
    self.assignment = assignment
    self.files = files.sorted { $0.path < $1.path }
  }
}

/// An assignment as intake sees it.
package struct IntakeAssignment: Sendable {
  package let id: String
  package let handIn: HandIn
  /// The files as handed out; an assignment with only these was not worked on.
  package let handout: [RelativePath: [UInt8]]

  package init(id: String, handIn: HandIn, handout: [RelativePath: [UInt8]] = [:]) {
    self.id = id
    self.handIn = handIn
    self.handout = handout
  }
}

/// The result of taking in an archive.
package enum IntakeResult: Equatable, Sendable {
  case accepted(Submission, IntakeReport)
  /// The student's archive cannot be graded as it is; the report says how far reading got.
  case refused(IntakeProblem, IntakeReport)
}
