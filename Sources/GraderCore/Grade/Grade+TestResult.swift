extension Grade {
  /// One row of the rubric.
  package struct TestResult: Codable, Equatable, Sendable {
    /// The rubric's name for it.
    package var id: String
    /// Its title for people.
    package var title: String
    /// The verdict.
    package var status: Verdict.Kind
    /// Its points.
    package var score: Points
    /// The points it is worth.
    package var maxScore: Points
    /// The audience of the result.
    package var visibility: Assignment.Visibility
    /// The facts that the message is made of; absent where there is nothing to tell, and in grades
    /// of versions before 0.2.
    package var facts: Facts?
    /// The words that the student may read.
    package var message: String
    /// The words that only staff may read; absent in the student's view.
    package var staffMessage: String?
    /// The time and memory that its worker used; absent if it did not run.
    package var usage: TestRecord.Usage?

    package init(
      id: String,
      title: String,
      status: Verdict.Kind,
      score: Points,
      maxScore: Points,
      visibility: Assignment.Visibility,
      facts: Facts? = nil,
      message: String,
      staffMessage: String?,
      usage: TestRecord.Usage?
    ) {
      self.id = id
      self.title = title
      self.status = status
      self.score = score
      self.maxScore = maxScore
      self.visibility = visibility
      self.facts = facts
      self.message = message
      self.staffMessage = staffMessage
      self.usage = usage
    }
  }
}
