/// Everybody in a class, as its lists say.
package struct Roster: Codable, Equatable, Sendable {
  /// One student, and all that other lists may call them.
  package struct Member: Codable, Equatable, Sendable {
    /// The student.
    package var student: Student
    /// Names to log in with.
    package var logins: [String]
    /// The learning system's name for the student: Canvas's ID, Moodle's participant.
    package var sourceID: String?
    /// The group that hands in together.
    package var group: String?

    package init(
      student: Student,
      logins: [String] = [],
      sourceID: String? = nil,
      group: String? = nil
    ) {
      self.student = student
      self.logins = logins
      self.sourceID = sourceID
      self.group = group
    }
  }

  /// In the list's order.
  package var members: [Member]

  package init(members: [Member]) {
    self.members = members
  }

  /// All students, in the list's order.
  package var students: [Student] { members.map(\.student) }
}
