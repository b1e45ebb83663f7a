package import Foundation

/// One archive that somebody handed in.
package struct Attempt: Codable, Hashable, Sendable {
  /// The owners, by `Student.id`; several for a group, none if nobody could tell.
  package var students: [String]
  /// The file's name as it was handed in.
  package var originalName: String
  /// The path of the file, for the grader.
  package var path: String
  /// The time at which it was handed in, if the source gives one.
  package var submittedAt: Date?
  /// True if the source itself calls it late; nil if it says nothing.
  package var isMarkedLate: Bool?
  /// Counted from 1 in the order of handing in, where the source has several.
  package var number: Int
  /// The source's name for this entry, to give results back under the same name, such as Moodle's
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
