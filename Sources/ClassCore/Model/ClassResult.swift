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
  /// Marks that are above the maximum of their item, which has changed since: they wait for people.
  package var unfitMarks: [UnfitMark] = []
  /// The reason why the grade is open although nothing is withheld; nil if there is none.
  package var open: Open?
  /// The students' due date as it is now.
  package var deadline = Deadline.unknown

  /// A mark that is above the maximum of its item.
  package struct UnfitMark: Equatable, Sendable {
    /// The mark as it was given.
    package var mark: Mark
    /// The points that the item is worth now.
    package var maximum: Points
  }

  /// Something that has to be done before there is a grade, by staff.
  package enum Open: Equatable, Sendable {
    /// The hand-in could not be read from the download, or holds nothing to grade; the reason.
    case notTakenIn(String)
    /// An attempt that this rule counts, or has to compare, was not graded.
    case notGraded(AttemptRule)

    /// The state in a word, as in tables.
    package var state: String {
      switch self {
      case .notTakenIn: "not taken in"
      case .notGraded: "not graded"
      }
    }

    /// A sentence for staff.
    package var sentence: String {
      switch self {
      case .notTakenIn(let reason): "The hand-in was not taken in: \(reason)."
      case .notGraded(.best): "Of several attempts the best counts, and not all are graded."
      case .notGraded(let rule): "The attempt that counts (\(rule.rawValue)) is not graded."
      }
    }
  }

  /// The name of its feedback; nil if there is no attempt.
  ///
  /// Members of one team whose grades differ have a page each.
  package func feedbackName(among members: [ClassResult]) -> String? {
    guard members.count > 1 else { return attempt?.slug }
    return attempt.map { $0.feedbackName(for: $0.students) }
  }

  /// The students, else the file, for lists on a screen.
  var shown: String {
    let ids = students.isEmpty ? attempt?.students ?? [] : students.map(\.id)
    return ids.isEmpty ? attempt?.originalName ?? "" : ids.joined(separator: "+")
  }

  /// True if there is a grade, withheld or not.
  package var isGraded: Bool { grade != nil }

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
