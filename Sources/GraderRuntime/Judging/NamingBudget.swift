/// The most that naming the slips of one submission may cost; none of it is the student's.
package struct NamingBudget: Sendable {
  /// Questions that the student's code may be asked over again, in all.
  ///
  /// A submission needs as many on every machine, so the same slips are named everywhere.
  package var questions = 10_000
  /// Processor time, in seconds, for what questions do not count: planted mistakes that nobody has
  /// built and asked before, and answers that take long.
  package var cpuSeconds = 240

  /// More processor time than this is not spent once more on one test.
  static let longestRepeatedSeconds = 20.0

  /// The usual budget.
  package init() {}

  /// The places of those tests, first come first served, whose questions the budget holds.
  ///
  /// One that takes too many leaves room for smaller ones behind it.
  func affordable(_ questions: [Int]) -> [Int] {
    var left = self.questions
    return questions.indices.filter { place in
      guard questions[place] <= left else { return false }
      left -= questions[place]
      return true
    }
  }
}
