/// The system or habit whose layout of a class's hand-ins a listing follows.
package enum DownloadKind: String, CaseIterable, Sendable {
  /// Canvas's bulk download: one flat folder, `name_user_attachment_file`.
  case canvas
  /// Moodle 4.1 and later: a folder `name_id_assignsubmission_file` for each student.
  case moodle
  /// Moodle 3.1 to 4.0: the same with an underscore at the end.
  case moodleUnderscore
  /// Moodle before 3.1, or with folders switched off: one flat folder.
  case moodleFlat
  /// Blackboard: one flat folder, `assignment_user_attempt_time_file`.
  case blackboard
  /// Brightspace: `numbers - name - time`, as a folder or before the file's name.
  case brightspace
  /// Gradescope's export: folders `submission_id`, and a file that says who they are of.
  case gradescope
  /// Manaba: `number@user@file`, or the other way round.
  case manaba
  /// UTOL, once ITC-LMS: a folder for each student number, in it one for the assignment.
  case utol
  /// GitHub Classroom: a repository for each student, `assignment-user`.
  case githubClassroom
  /// A folder for each student.
  case folders
  /// A folder of archives.
  case archives

  /// True if it is a system's, whose names do not happen by chance.
  package var isSystem: Bool { self != .folders && self != .archives }

  /// The name for people.
  package var title: String {
    switch self {
    case .canvas: "Canvas"
    case .moodle: "Moodle (4.1 or later)"
    case .moodleUnderscore: "Moodle (3.1 to 4.0)"
    case .moodleFlat: "Moodle (before 3.1, or without folders)"
    case .blackboard: "Blackboard"
    case .brightspace: "Brightspace"
    case .gradescope: "Gradescope export"
    case .manaba: "manaba"
    case .utol: "UTOL"
    case .githubClassroom: "GitHub Classroom"
    case .folders: "a folder for each student"
    case .archives: "a folder of archives"
    }
  }
}
