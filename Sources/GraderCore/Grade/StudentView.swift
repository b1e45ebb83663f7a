/// A grade without anything that a student must not see, at the time at which it is looked at.
///
/// Formats for students take this and no grade, so that none of them can decide otherwise.
package struct StudentView: Equatable, Sendable {
  /// The rest of the grade; its sums are of all tests, and its message ends with the remark.
  package private(set) var grade: Grade
  /// A sentence on tests that are shown after the due date; nil if there are none.
  package let remark: String?

  /// The view of a grade, as far as the due date is known.
  package init(_ grade: Grade, deadline: Deadline) {
    remark = Self.remark(
      on: grade.tests.count { $0.visibility.showing(deadline) == .later }
    )
    self.grade = grade
    self.grade.provenance.suiteDigest = nil
    self.grade.provenance.seed = nil
    self.grade.provenance.replay = nil
    self.grade.intake.staffNotes = nil
    self.grade.tests = grade.tests.filter { $0.visibility.showing(deadline) == .now }
    for index in self.grade.tests.indices {
      self.grade.tests[index].staffMessage = nil
      // Three numbers that a program sets as it likes.
      self.grade.tests[index].usage = nil
      self.grade.tests[index].facts?.carried = nil
      let search = self.grade.tests[index].facts?.search
      self.grade.tests[index].facts?.search = search?.forStudents
    }
    guard let remark else { return }
    let lines = grade.message.contains("\n") ? "\n" : " "
    self.grade.message = grade.message.isEmpty ? remark : grade.message + lines + remark
  }

  /// It tells a number and nothing else, from which no test follows.
  private static func remark(on count: Int) -> String? {
    switch count {
    case 0: nil
    case 1: "1 more test is shown after the due date."
    default: "\(count) more tests are shown after the due date."
    }
  }
}

/// The due date as seen from the time at which a student looks at results.
package enum Deadline: Equatable, Sendable {
  /// It is over.
  case passed
  /// There is time left.
  case ahead
  /// Nobody says when the work is due.
  case unknown
}

extension Assignment.Visibility {
  /// The time at which a student gets to see a result.
  package enum Showing: Equatable, Sendable {
    /// At once.
    case now
    /// After the due date, and a number tells it until then.
    case later
    /// Never.
    case never
  }

  /// The one place that decides what a student sees.
  package func showing(_ deadline: Deadline) -> Showing {
    switch (self, deadline) {
    case (.visible, .passed), (.visible, .ahead), (.visible, .unknown): .now
    case (.afterDueDate, .passed): .now
    case (.afterDueDate, .ahead), (.afterDueDate, .unknown): .later
    case (.hidden, .passed), (.hidden, .ahead), (.hidden, .unknown): .never
    }
  }
}
