import Testing

@testable import GraderRuntime

/// What names may cost is counted in questions, which are as many on every machine.
@Suite struct NamingBudgetTests {
  @Test(arguments: [
    ([Int](), [Int]()),
    ([40, 60], [0, 1]),
    ([40, 61], [0]),
    ([101], []),
    // What is too much for it leaves the room to others.
    ([101, 100, 1], [1]),
    ([40, 70, 50, 20, 10], [0, 2, 4]),
    ([0, 100, 0], [0, 1, 2]),
  ])
  func firstComeFirstServed(questions: [Int], places: [Int]) {
    var budget = NamingBudget()
    budget.questions = 100
    #expect(budget.affordable(questions) == places)
  }

  /// All questions of any assignment, asked twice, several times over.
  @Test func theUsualBudgetHoldsAWholeSubmission() {
    #expect(NamingBudget().affordable([Int](repeating: 2 * 30, count: 40)).count == 40)
  }
}
