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
    /// Nothing of the code compiles.
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

  /// One row of the rubric.
  package struct TestResult: Codable, Equatable, Sendable {
    /// The rubric's name for it.
    package var id: String
    /// Its title for people.
    package var title: String
    /// The verdict.
    package var status: Verdict.Kind
    /// Its points.
    package var score: Points
    /// The points it is worth.
    package var maxScore: Points
    /// The audience of the result.
    package var visibility: Assignment.Visibility
    /// The words that the student may read.
    package var message: String
    /// The words that only staff may read; absent in the student's view.
    package var staffMessage: String?
    /// The time and memory that its worker used; absent if it did not run.
    package var usage: TestRecord.Usage?

    package init(
      id: String,
      title: String,
      status: Verdict.Kind,
      score: Points,
      maxScore: Points,
      visibility: Assignment.Visibility,
      message: String,
      staffMessage: String?,
      usage: TestRecord.Usage?
    ) {
      self.id = id
      self.title = title
      self.status = status
      self.score = score
      self.maxScore = maxScore
      self.visibility = visibility
      self.message = message
      self.staffMessage = staffMessage
      self.usage = usage
    }
  }

  /// The record of taking in the archive.
  package struct IntakeRecord: Codable, Equatable, Sendable {
    /// The format of the archive; null if that could not be told.
    @OrNull package var format: String?
    /// The files that were graded.
    package var kept: [KeptFile]
    /// The numbers of entries that were passed over, by reason.
    package var ignored: [String: Int]
    /// The repairs, in words for the student.
    package var repaired: [String]
    /// Required files that are not there.
    package var missing: [String]
    /// Further remarks on the archive.
    package var notes: [String]

    /// An archive of which nothing is known.
    package static let nothing = IntakeRecord(
      format: nil,
      kept: [],
      ignored: [:],
      repaired: [],
      missing: [],
      notes: []
    )

    /// These facts.
    package init(
      format: String?,
      kept: [KeptFile],
      ignored: [String: Int],
      repaired: [String],
      missing: [String],
      notes: [String]
    ) {
      self.format = format
      self.kept = kept
      self.ignored = ignored
      self.repaired = repaired
      self.missing = missing
      self.notes = notes
    }
  }

  /// A file that was graded.
  package struct KeptFile: Codable, Equatable, Sendable {
    /// Its path in the hand-in.
    package var path: String
    /// Its size.
    package var bytes: Int
    /// SHA-256 of its content.
    package var digest: String

    /// These facts.
    package init(path: String, bytes: Int, digest: String) {
      self.path = path
      self.bytes = bytes
      self.digest = digest
    }
  }

  /// The record of building the code.
  package struct BuildRecord: Codable, Equatable, Sendable {
    /// The usable part of the code.
    package var status: BuildStatus
    /// The parts in the assignment's order.
    package var parts: [PartRecord]
    /// The compiler's messages, with the student's paths; empty if there are none.
    package var diagnostics: String

    /// These facts.
    package init(status: BuildStatus, parts: [PartRecord], diagnostics: String) {
      self.status = status
      self.parts = parts
      self.diagnostics = diagnostics
    }
  }

  /// The usable part of the code.
  package enum BuildStatus: String, Codable, Sendable {
    /// All of it.
    case built
    /// Some parts.
    case partial
    /// Nothing.
    case failed
    /// It was not tried.
    case notTried
  }

  /// The record of building one part.
  package struct PartRecord: Codable, Equatable, Sendable {
    /// The part's name.
    package var name: String
    /// Its file.
    package var file: String
    /// The use of the part.
    package var status: PartStatus
    /// The reason why it was not used, in words for the student; empty if it was.
    package var message: String

    /// These facts.
    package init(name: String, file: String, status: PartStatus, message: String) {
      self.name = name
      self.file = file
      self.status = status
      self.message = message
    }
  }

  /// The use of a part.
  package enum PartStatus: String, Codable, Sendable {
    /// It was compiled and tested.
    case built
    /// It does not compile, and the handout's stub stood in for it.
    case blocked
    /// It is not in the archive, and the handout's stub stood in for it.
    case missing
  }
}
