package import Foundation

/// One archive that somebody handed in, on its way from a download into the class's results.
package struct Attempt: Codable, Hashable, Sendable {
  /// The place of the content in a download.
  package enum Content: Hashable, Sendable {
    /// In this file.
    case archive(Delivery.File)
    /// In loose files, which become an archive.
    case loose([Delivery.File])
    /// In files that are no archive and no answer: there is nothing to grade.
    case unusable([Delivery.File])

    /// The part of its first file's name that the source put in front.
    var prefix: String? {
      let file: Delivery.File? =
        switch self {
        case .archive(let file): file
        case .loose(let files), .unusable(let files): files.first { !$0.isOfTheSource }
        }
      guard let file, file.path.hasSuffix(file.name) else { return nil }
      let name = file.path.split(separator: "/").last ?? ""
      return String(name.dropLast(file.name.count))
    }

    /// The name under which it was handed in; loose files are called as their delivery.
    func name(in delivery: Delivery) -> String {
      switch self {
      case .archive(let file): String(file.lastName)
      case .loose: "\(delivery.label).tar"
      case .unusable(let files): files.first.map { String($0.lastName) } ?? delivery.label
      }
    }
  }

  /// The owners, by `Student.id`; several for a group, none if nobody could tell.
  package var students: [String]
  /// The file's name as it was handed in.
  package var originalName: String
  /// The path of the file, for the grader; empty until it is collected from the download.
  package var path: String
  /// The time at which it was handed in, if the source gives one.
  package var submittedAt: Date?
  /// The source of that time; nil where there is none, and in gradebooks of versions before 0.2.
  package var timeOrigin: TimeOrigin?
  /// True if the source itself calls it late; nil if it says nothing.
  package var isMarkedLate: Bool?
  /// Counted from 1 in the order of handing in, where the source has several.
  package var number: Int
  /// The source's name for its delivery, to give results back under the same name, such as Moodle's
  /// participant or Canvas's user id.
  package var sourceID: String?

  /// The beginning of its file's name in a download of Canvas, by which feedback finds its way
  /// back; nil elsewhere.
  package var feedbackPrefix: String?
  /// The reason why it could not be taken in; nil if it was.
  package var trouble: String?

  /// The name by which people know its delivery; empty once it is in a gradebook.
  package var label = ""
  /// See `Content`; nil once it is in a gradebook.
  package var content: Content?
  /// Loose answers beside its archive, which may belong to it.
  package var beside: [Delivery.File] = []
  /// The place of its delivery in the listing: archives of one may be one hand-in.
  package var delivery: Int?
  /// True if its source gives the files of one attempt alone.
  package var isOneAttempt = false

  /// The identity, the same from run to run; empty until it is named.
  package var id = ""
  /// The name of its files among the results, without an ending; empty until it is named.
  package var slug = ""
  /// True if it is the student's attempt that counts.
  package var counts = true

  /// The keys that a gradebook keeps as a text; the rest has columns of its own, or ends with the
  /// download.
  private enum CodingKeys: CodingKey {
    case students, originalName, path, submittedAt, isMarkedLate, number, sourceID, trouble
    case feedbackPrefix, timeOrigin
  }

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
