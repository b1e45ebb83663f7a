extension Grade {
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
