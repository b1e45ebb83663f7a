/// The result of grading one submission: what `grader` prints as JSON.
public struct Grade: Codable, Equatable, Sendable {
  /// The version of this format.
  public static let schemaName = "chainrule/grade/1"

  /// See `schemaName`.
  public var schema = Grade.schemaName
  /// The assignment's id; null if nobody can tell.
  public var assignment: String?
  /// What was graded.
  public var submission: SubmissionRecord
  /// How far grading came.
  public var status: Status
  /// What a machine gave.
  public var score: Points
  /// What a machine could have given; null if the assignment is unknown.
  public var maxScore: Points?
  /// What waits for people.
  public var pendingPoints: Points
  /// A sentence for the student about the submission as a whole.
  public var message: String
  /// The rubric's rows, in its order; pending items last.
  public var tests: [TestResult]
  /// What became of the archive.
  public var intake: IntakeRecord
  /// What became of the code.
  public var build: BuildRecord
  /// What this grade rests on.
  public var provenance: Provenance

  /// How far grading came.
  public enum Status: String, Codable, Sendable {
    /// Every test ran.
    case graded
    /// Nothing of the code compiles.
    case didNotBuild
    /// The archive could not be read.
    case unreadable
    /// Some tests could not be run.
    case incomplete
  }

  /// What was graded.
  public struct SubmissionRecord: Codable, Equatable, Sendable {
    /// The file's name.
    public var name: String
    /// SHA-256 of the file.
    public var archiveDigest: String
    /// SHA-256 of the files that were kept; null if none were.
    public var digest: String?
  }

  /// One row of the rubric.
  public struct TestResult: Codable, Equatable, Sendable {
    /// The rubric's name for it.
    public var id: String
    /// Its title for people.
    public var title: String
    /// The verdict's name.
    public var status: String
    /// Its points.
    public var score: Points
    /// The points it is worth.
    public var maxScore: Points
    /// Who sees it.
    public var visibility: Assignment.Visibility
    /// What the student may read.
    public var message: String
    /// What only staff may read; absent in the student's view.
    public var staffMessage: String?
    /// What its worker used; absent if it did not run.
    public var usage: TestRecord.Usage?
  }

  /// What became of the archive.
  public struct IntakeRecord: Codable, Equatable, Sendable {
    /// What kind of archive it is; null if that could not be told.
    public var format: String?
    /// The files that were graded.
    public var kept: [KeptFile]
    /// How many entries were passed over, by reason.
    public var ignored: [String: Int]
    /// What was put right, in words for the student.
    public var repaired: [String]
    /// Required files that are not there.
    public var missing: [String]
    /// What was noticed besides.
    public var notes: [String]

    /// An archive of which nothing is known.
    public static let nothing = IntakeRecord(
      format: nil,
      kept: [],
      ignored: [:],
      repaired: [],
      missing: [],
      notes: []
    )

    /// These facts.
    public init(
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
  public struct KeptFile: Codable, Equatable, Sendable {
    /// Its path in the hand-in.
    public var path: String
    /// Its size.
    public var bytes: Int
    /// SHA-256 of its content.
    public var digest: String

    /// These facts.
    public init(path: String, bytes: Int, digest: String) {
      self.path = path
      self.bytes = bytes
      self.digest = digest
    }
  }

  /// What became of the code.
  public struct BuildRecord: Codable, Equatable, Sendable {
    /// What could be used of the code.
    public var status: BuildStatus
    /// The parts in the assignment's order.
    public var parts: [PartRecord]
    /// What the compiler said, with the student's paths; empty if nothing.
    public var diagnostics: String

    /// These facts.
    public init(status: BuildStatus, parts: [PartRecord], diagnostics: String) {
      self.status = status
      self.parts = parts
      self.diagnostics = diagnostics
    }
  }

  /// What could be used of the code.
  public enum BuildStatus: String, Codable, Sendable {
    /// All of it.
    case built
    /// Some parts.
    case partial
    /// Nothing.
    case failed
    /// It was not tried.
    case notTried
  }

  /// What became of one part.
  public struct PartRecord: Codable, Equatable, Sendable {
    /// The part's name.
    public var name: String
    /// Its file.
    public var file: String
    /// Whether it was used.
    public var status: PartStatus
    /// Why not, in words for the student; empty if it was.
    public var message: String

    /// These facts.
    public init(name: String, file: String, status: PartStatus, message: String) {
      self.name = name
      self.file = file
      self.status = status
      self.message = message
    }
  }

  /// Whether a part was used.
  public enum PartStatus: String, Codable, Sendable {
    /// It was compiled and tested.
    case built
    /// It does not compile, and the handout's stub stood in for it.
    case blocked
    /// It is not in the archive, and the handout's stub stood in for it.
    case missing
  }
}
