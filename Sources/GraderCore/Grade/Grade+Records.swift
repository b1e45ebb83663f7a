extension Grade {
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
    /// Remarks on the archive itself for staff; absent where there are none, and in the student's
    /// view.
    package var staffNotes: [String]?

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
      notes: [String],
      staffNotes: [String]? = nil
    ) {
      self.format = format
      self.kept = kept
      self.ignored = ignored
      self.repaired = repaired
      self.missing = missing
      self.notes = notes
      self.staffNotes = staffNotes
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
}

extension Grade {
  /// The record of building the code.
  package struct BuildRecord: Codable, Equatable, Sendable {
    /// The usable part of the code.
    package var status: BuildStatus
    /// The parts in the assignment's order.
    package var parts: [PartRecord]
    /// The compiler's messages, with the student's paths; empty if there are none.
    package var diagnostics: String

    /// True if no part's file is in the archive: there was nothing to compile.
    package var hasNoCode: Bool { !parts.isEmpty && parts.allSatisfy { $0.status == .missing } }

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
    /// True if it is blocked for another reason than an error in it, such as a function that is not
    /// public.
    package var isUnfit: Bool?
    /// The functions that cannot be used, where others of the part can.
    package var functions: [FunctionRecord]?

    /// These facts.
    package init(
      name: String,
      file: String,
      status: PartStatus,
      message: String,
      isUnfit: Bool? = nil,
      functions: [FunctionRecord]? = nil
    ) {
      self.name = name
      self.file = file
      self.status = status
      self.message = message
      self.isUnfit = isUnfit
      self.functions = functions
    }
  }

  /// The record of a function that cannot be used.
  package struct FunctionRecord: Codable, Equatable, Sendable {
    /// The function's name.
    package var name: String
    /// The reason, in words for the student.
    package var message: String
    /// True if the reason is another than an error in it: it is not public perhaps.
    package var isUnfit: Bool?

    /// These facts.
    package init(name: String, message: String, isUnfit: Bool? = nil) {
      (self.name, self.message, self.isUnfit) = (name, message, isUnfit)
    }
  }

  /// The use of a part.
  package enum PartStatus: String, Codable, Sendable {
    /// It was compiled and tested.
    case built
    /// Some functions cannot be used, and the handout's stub stood in for them.
    case partial
    /// It cannot be used, and the handout's stub stood in for it.
    case blocked
    /// It is not in the archive, and the handout's stub stood in for it.
    case missing
  }
}

/// The origins of a grade, so that anybody can produce it again.
package struct Provenance: Codable, Equatable, Sendable {
  /// The version of the grader.
  package var grader: String
  /// SHA-256 over the hidden suite, the handout's modules and the rubric; null if unknown, and in
  /// the student's view.
  @OrNull package var suiteDigest: String?
  /// The suite's name for students, 16 hexadecimal digits; absent in grades of earlier versions.
  package var fingerprint: String?
  /// The compiler's version line.
  @OrNull package var toolchain: String?
  /// The seed of all that is random in the tests; absent in the student's view.
  package var seed: String?
  /// The limits in force.
  package var limits: GradingLimits
  /// The defences that the jail really enforced.
  package var jail: JailRecord
  /// The command that produces this grade again; absent in the student's view.
  package var replay: String?
  /// The time at which grading ended, in ISO 8601.
  package var gradedAt: String

  /// The defences that the jail really enforced.
  package struct JailRecord: Codable, Equatable, Sendable {
    /// `L3`, `L2` or `none`.
    package var level: String
    /// The mechanisms, such as `seccomp` or `landlock(abi 7)`.
    package var enforced: [String]

    /// These facts.
    package init(level: String, enforced: [String]) {
      self.level = level
      self.enforced = enforced
    }
  }

  /// These facts.
  package init(
    grader: String,
    suiteDigest: String?,
    fingerprint: String? = nil,
    toolchain: String?,
    seed: String?,
    limits: GradingLimits,
    jail: JailRecord,
    replay: String?,
    gradedAt: String
  ) {
    self.grader = grader
    self.suiteDigest = suiteDigest
    self.fingerprint = fingerprint
    self.toolchain = toolchain
    self.seed = seed
    self.limits = limits
    self.jail = jail
    self.replay = replay
    self.gradedAt = gradedAt
  }
}
