/// The account of an archive, as text for a terminal.
package enum IntakeTable {
  /// The facts that intake found in an archive.
  package struct Facts: Sendable {
    /// The archive's name.
    package var name: String
    /// The assignment it is for; nil if that could not be told.
    package var assignment: String?
    /// The reason why it cannot be graded; nil if it can.
    package var problem: String?
    /// The record of the files that were kept and those that were not.
    package var record: Grade.IntakeRecord

    package init(
      name: String,
      assignment: String?,
      problem: String?,
      record: Grade.IntakeRecord
    ) {
      self.name = name
      self.assignment = assignment
      self.problem = problem
      self.record = record
    }
  }

  /// The facts, a line each.
  package static func text(for facts: Facts) -> String {
    let record = facts.record
    var lines = ["\(facts.name): \(record.format ?? "unknown format")"]
    lines.append("  assignment: \(facts.assignment ?? "none recognized")")
    if let problem = facts.problem { lines.append("  problem: \(problem)") }
    lines += record.kept.map { "  kept: \($0.path), \($0.bytes) bytes" }
    lines += record.missing.map { "  missing: \($0)" }
    lines += record.repaired.map { "  repaired: \($0)" }
    lines += record.notes.map { "  note: \($0)" }
    lines += (record.staffNotes ?? []).map { "  for staff: \($0)" }
    for (reason, count) in record.ignored.sorted(by: { $0.key < $1.key }) {
      lines.append("  ignored: \(count) (\(reason))")
    }
    return lines.joined(separator: "\n")
  }
}
