/// The result of grading one submission: what `grader` prints as JSON.
package struct Grade: Codable, Equatable, Sendable {
  /// The version of this format.
  package static let schemaName = "chainrule/grade/1"

  /// See `schemaName`.
  package var schema = Grade.schemaName
  /// The assignment's id; null if nobody can tell.
  @OrNull package var assignment: String?
  /// The archive that was graded, and the files taken from it.
  package var submission: SubmissionRecord
  /// The stage that grading reached.
  package var status: Status
  /// The points that a machine gave.
  package var score: Points
  /// The points that a machine could have given; null if the assignment is unknown.
  @OrNull package var maxScore: Points?
  /// The points that wait for people.
  package var pendingPoints: Points
  /// A sentence for the student about the submission as a whole.
  package var message: String
  /// The rubric's rows, in its order; pending items last.
  package var tests: [TestResult]
  /// The record of taking in the archive.
  package var intake: IntakeRecord
  /// The record of building the code.
  package var build: BuildRecord
  /// The provenance of this grade.
  package var provenance: Provenance

  package init(
    assignment: String?,
    submission: SubmissionRecord,
    status: Status,
    score: Points,
    maxScore: Points?,
    pendingPoints: Points,
    message: String,
    tests: [TestResult],
    intake: IntakeRecord,
    build: BuildRecord,
    provenance: Provenance
  ) {
    self.assignment = assignment
    self.submission = submission
    self.status = status
    self.score = score
    self.maxScore = maxScore
    self.pendingPoints = pendingPoints
    self.message = message
    self.tests = tests
    self.intake = intake
    self.build = build
    self.provenance = provenance
  }

  /// The stage that grading reached.
  package enum Status: String, Codable, Sendable {
    /// Every test ran.
    case graded
    /// Nothing of the code compiles, or nothing of it is there.
    case didNotBuild
    /// The archive could not be read.
    case unreadable
    /// Some tests could not be run.
    case incomplete
  }

  /// The archive that was graded, and the files taken from it.
  package struct SubmissionRecord: Codable, Equatable, Sendable {
    /// The file's name.
    package var name: String
    /// SHA-256 of the file.
    package var archiveDigest: String
    /// SHA-256 of the files that were kept; null if none were.
    @OrNull package var digest: String?

    package init(name: String, archiveDigest: String, digest: String?) {
      self.name = name
      self.archiveDigest = archiveDigest
      self.digest = digest
    }
  }
}
