package import Foundation

/// One archive that somebody handed in.
package struct Attempt: Codable, Hashable, Sendable {
  /// Whose it is, `Student.id`; several for a group, none if nobody could tell.
  package var students: [String]
  /// The file's name as it was handed in.
  package var originalName: String
  /// Where the file is, for the grader.
  package var path: String
  /// When it was handed in, if the source says so.
  package var submittedAt: Date?
  /// Whether the source itself calls it late; nil if it says nothing.
  package var isMarkedLate: Bool?
  /// Counted from 1 in the order of handing in, where the source has several.
  package var number: Int
  /// What the source calls this entry, to give results back under the same name, such as Moodle's
  /// participant or Canvas's user id.
  package var sourceID: String?

  package init(
    students: [String],
    originalName: String,
    path: String,
    submittedAt: Date? = nil,
    isMarkedLate: Bool? = nil,
    number: Int = 1,
    sourceID: String? = nil
  ) {
    self.students = students
    self.originalName = originalName
    self.path = path
    self.submittedAt = submittedAt
    self.isMarkedLate = isMarkedLate
    self.number = number
    self.sourceID = sourceID
  }
}
