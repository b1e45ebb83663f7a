package import GraderCore

/// One row of a class: whose, which archive, what it got.
///
/// Reports and exports are made of these.
package struct ClassResult: Sendable {
  /// The owners; several for a group.
  package var students: [Student]
  /// The archive that counts; nil if nobody handed one in.
  package var attempt: Attempt?
  /// Its grade; nil if there is no archive, or if the grade is withheld.
  package var grade: Grade?
  /// The reason why a grade is withheld, for staff; nil if none is.
  package var withheld: String?
  /// The grade that the student gets in the end; nil if there is none.
  package var final: FinalGrade?
  /// The points that people gave, by the rubric's item; what waits for them has none.
  package var marks: [String: Points] = [:]
  /// The students' due date as it is now.
  package var deadline = Deadline.unknown

  /// The grade as its students may see it now; nil if there is none.
  package var studentView: StudentView? {
    grade.map { StudentView($0, deadline: deadline) }
  }

  package init(
    students: [Student],
    attempt: Attempt?,
    grade: Grade?,
    withheld: String? = nil,
    final: FinalGrade? = nil
  ) {
    self.students = students
    self.attempt = attempt
    self.grade = grade
    self.withheld = withheld
    self.final = final
  }
}
