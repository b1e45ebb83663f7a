import Foundation
package import GraderCore

/// The intake of archives for one handout, where the course that it is from is not at hand.
///
/// The list is the handout's own, and so is what the stubs declare: with the folder as it was given
/// out, intake says here what it says with the course.
package struct HandoutIntake: Sendable {
  private let id: String
  private let reading: ArchiveReading

  /// The assignment in a folder that holds its `handin.txt`.
  ///
  /// - Throws: `GraderFault` when the folder holds none, or the list makes no sense.
  package init(folder: String, machine: Machine) throws(GraderFault) {
    let list = "\(folder)/handin.txt"
    guard Files.exists(list) else {
      throw GraderFault(
        .usage,
        "There is no handin.txt in \(folder).",
        remedy: "Name the assignment's folder in the handout: that with Package.swift."
      )
    }
    id = (Files.real(folder) as NSString).lastPathComponent
    let handIn: HandIn
    let text = String(decoding: try Files.read(list), as: UTF8.self)
    do {
      handIn = try HandIn(parsing: text)
    } catch {
      throw GraderFault(.usage, "\(folder)/\(error)")
    }
    var handout: [RelativePath: [UInt8]] = [:]
    for path in handIn.required where Files.exists("\(folder)/\(path)") {
      handout[path] = try Files.read("\(folder)/\(path)")
    }
    reading = ArchiveReading(
      reader: ArchiveReader(machine: machine),
      known: [IntakeAssignment(id: id, handIn: handIn, handout: handout)]
    )
  }

  /// The facts about an archive, none of which is built or run.
  package func facts(about archive: Archive) throws(GraderFault) -> IntakeTable.Facts {
    let record: Grade.IntakeRecord
    var problem: String?
    switch try reading.result(archive, chosen: id) {
    case .refused(let reason, let report):
      record = Grade.IntakeRecord(report, files: [])
      problem = IntakeText.student(reason)
    case .accepted(let submission, let report):
      record = Grade.IntakeRecord(report, files: submission.files)
    }
    return IntakeTable.Facts(
      name: archive.name,
      assignment: id,
      problem: problem,
      record: record
    )
  }
}
