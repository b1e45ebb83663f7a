package import ClassCore
import Foundation
import Gradebook
import GraderCore
package import GraderRuntime

/// The people's part: answers go out without names, marks come back by the submissions' digests.
package struct MarkingDesk {
  /// The class's results.
  package let folder: ResultsFolder
  let course: Course

  /// A desk over a folder of results.
  package init(_ folder: ResultsFolder, course: Course) {
    self.folder = folder
    self.course = course
  }

  // MARK: Out

  /// The answers that wait for a person.
  ///
  /// - Parameters:
  ///   - items: The rubric's ids to mark; all if empty.
  ///   - marker: Leave out what this person has marked already; nil for everything.
  ///   - seed: Decides the order.
  /// - Returns: The packet.
  /// - Throws: `GraderFault`.
  package func packet(
    items: [String],
    unmarkedBy marker: String?,
    seed: UInt64
  ) throws(GraderFault) -> MarkingPacket {
    let given = try folder.withBook { book in
      try book.marks().filter { $0.marker == marker }
    }
    let all = try written()
    let most = Dictionary(all.map { ($0.item.id, $0.item.points) }) { first, _ in first }
    // One above the maximum, which was lowered since, has to be given anew.
    let marked = Set(
      given.filter { mark in most[mark.item].map { mark.points <= $0 } ?? true }
        .map { [$0.submission, $0.item] }
    )
    let waiting = all.filter { written in
      (items.isEmpty || items.contains(written.item.id))
        && !marked.contains([written.submission, written.item.id])
    }
    let roster = try folder.roster()?.members ?? []
    let logins = Dictionary(roster.map { ($0.student.id, $0.logins) }) { $0 + $1 }
    let texts = try folder.withBook { book in
      try waiting.map { written in
        let bytes = try written.file.flatMap { try book.file($0) } ?? []
        return MarkingPacket.Text(
          item: written.item,
          submission: written.submission,
          text: Anonymous.text(
            WrittenText.text(of: bytes),
            of: written.students,
            logins: written.students.flatMap { logins[$0.id, default: []] }
          )
        )
      }
    }
    let title = try titles(of: waiting).joined(separator: ", ")
    return MarkingPacket(title: title.isEmpty ? "Nothing" : title, texts: texts, seed: seed)
  }

  /// One submission's answer to one item.
  private struct Written {
    var assignment: String
    var item: MarkingPacket.Item
    var submission: String
    /// Everybody who handed in the same.
    var students: [Student]
    /// The digest of the file that holds it; nil if it was not handed in.
    var file: String?
  }

  /// Every answer once, however many attempts have the same content.
  private func written() throws(GraderFault) -> [Written] {
    var grades: [(assignment: String, submission: String, files: [Grade.KeptFile])] = []
    var students: [String: [Student]] = [:]
    try folder.withBook { book in
      try book.forEachResult { result in
        guard let grade = result.grade, let assignment = grade.assignment,
          let submission = grade.submission.digest
        else { return }
        students[submission, default: []] += result.students
        grades.append((assignment, submission, grade.intake.kept))
      }
    }
    var seen: Set<[String]> = []
    var found: [Written] = []
    for id in Set(grades.map(\.assignment)).sorted() {
      for item in try course.assignment(id).assignment.pending {
        for grade in grades where grade.assignment == id {
          guard seen.insert([grade.submission, item.id]).inserted else { continue }
          found.append(
            Written(
              assignment: id,
              item: MarkingPacket.Item(id: item.id, title: item.title, points: item.points),
              submission: grade.submission,
              students: students[grade.submission, default: []],
              file: grade.files.first { $0.path == item.file }?.digest
            )
          )
        }
      }
    }
    return found
  }

  private func titles(of written: [Written]) throws(GraderFault) -> [String] {
    try Set(written.map(\.assignment)).sorted().map { id throws(GraderFault) in
      try course.assignment(id).assignment.title
    }
  }

  // MARK: In

  /// The result of importing a table.
  package struct Imported: Equatable, Sendable {
    /// Marks that were new or differ from the marker's last.
    package var added: Int
    /// Marks in the table.
    package var all: Int
    /// Rows that nobody filled in.
    package var empty: Int
    /// The problems of the table, of which nothing was taken then.
    package var problems: [String]
  }

  /// Takes a filled table; one with a fault is not taken at all.
  package func take(_ text: String, marker: String) throws(GraderFault) -> Imported {
    let written = try written()
    var most: [String: Points] = [:]
    for answer in written { most[answer.item.id] = answer.item.points }
    let table = MarkingTable(
      text,
      most: most,
      submissions: Set(written.map(\.submission)),
      marker: marker
    )
    var imported = Imported(
      added: 0,
      all: table.marks.count,
      empty: table.empty,
      problems: table.problems
    )
    guard table.problems.isEmpty else { return imported }
    imported.added = try folder.withBook { try $0.add(table.marks) }
    return imported
  }

  // MARK: Agreement

  /// Two people who marked the same answers.
  package struct Pair: Sendable {
    package var item: String
    package var first: String
    package var second: String
    package var agreement: Agreement
  }

  /// The agreement of each two markers on each item.
  package func agreements() throws(GraderFault) -> [Pair] {
    let marks = try folder.withBook { try $0.marks() }
    return Dictionary(grouping: marks, by: \.item).sorted { $0.key < $1.key }
      .flatMap { item, marks -> [Pair] in
        let markers = Set(marks.map(\.marker)).sorted()
        return markers.enumerated().flatMap { place, first in
          markers[(place + 1)...].compactMap { second in
            Self.agreement(marks, first, second).map {
              Pair(item: item, first: first, second: second, agreement: $0)
            }
          }
        }
      }
  }

  private static func agreement(_ marks: [Mark], _ first: String, _ second: String) -> Agreement? {
    let groups = Dictionary(grouping: marks, by: \.submission).values
    return Agreement(
      groups.compactMap { group in
        guard let one = group.first(where: { $0.marker == first }),
          let other = group.first(where: { $0.marker == second })
        else { return nil }
        return (one.points, other.points)
      }
    )
  }
}
