/// Something about a class's hand-ins that a person should know.
package enum Oddity: Equatable, Sendable {
  /// Nobody on the roster fits; these might, but nothing says which.
  case unmatched(delivery: String, files: [String], candidates: [Student])
  /// It is named otherwise than the rest; who it is taken for.
  case stray(delivery: String, students: [String])
  /// Several attempts of the same students.
  case duplicate(students: [String], deliveries: [String])
  /// Handed in after the due date, by so many seconds if that is known.
  case late(students: [String], delivery: String, seconds: Double?)
  /// Something was handed in, but no archive and no Swift file.
  case noArchive(students: [String], delivery: String, files: [String])
  /// Files beside the archive, which nobody grades.
  case besides(students: [String], delivery: String, files: [String])
  /// A student of the roster of whom nothing came.
  case nothing(Student)
  /// A file that is no hand-in by its name, and no archive.
  case stranger(path: String)
  /// A file that is there and cannot be used, and why.
  case unusable(path: String, reason: String)
  /// A hand-in that could not be taken in from the download, and why: its grade is open.
  case notTakenIn(students: [String], file: String, reason: String)
  /// Several files of one delivery that were taken together, and those that were left out.
  case joined(students: [String], delivery: String, files: [String], leftOut: [String])
  /// Files of the learning system itself, or left behind by operating systems.
  case passedOver(count: Int, examples: [String])

  /// The oddity's kind in one word, as in summaries.
  package var name: String {
    switch self {
    case .unmatched: "unmatched"
    case .stray: "named otherwise"
    case .duplicate: "duplicate"
    case .late: "late"
    case .noArchive: "no archive found"
    case .besides: "files besides"
    case .nothing: "nothing handed in"
    case .stranger: "not a hand-in"
    case .unusable: "unusable"
    case .notTakenIn: "not taken in"
    case .joined: "taken together"
    case .passedOver: "passed over"
    }
  }
}
