package import GradeFormats

extension JSONText {
  /// A value as indented JSON; one that cannot be written is a fault of ours.
  package static func encode(_ value: some Encodable) throws(GraderFault) -> String {
    do {
      return try text(of: value)
    } catch {
      throw GraderFault(.broken, "The result cannot be written as JSON: \(error)")
    }
  }
}
