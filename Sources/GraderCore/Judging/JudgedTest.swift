/// A test of the rubric and the judgement on it, before anybody puts it into words.
package struct JudgedTest: Sendable {
  /// The test.
  package var test: Assignment.Test
  /// The judgement.
  package var judgement: Judgement
  /// The last of what the student's code printed, made harmless; empty if it printed nothing.
  package var output: String
  /// The time and memory that the worker used; nil if it did not run.
  package var usage: TestRecord.Usage?

  package init(
    _ test: Assignment.Test,
    _ judgement: Judgement,
    output: String = "",
    usage: TestRecord.Usage? = nil
  ) {
    (self.test, self.judgement, self.output, self.usage) = (test, judgement, output, usage)
  }
}
