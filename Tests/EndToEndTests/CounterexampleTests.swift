import GraderCore
import JudgeEvents
import Testing

/// The smallest input on which a student's function is wrong.
@Suite struct CounterexampleTests {
  private func search(
    _ homework: Homework,
    of test: String,
    seed: String = "1"
  ) throws -> ExampleSearch {
    let row = try homework.graded("--naming-seconds", "0", "--seed", seed).test(test)
    return try #require(row.facts?.search)
  }

  private func tensor(_ shape: [Int], _ entries: [Double]) -> ExampleValue {
    .tensor(shape: shape, entries: entries.map(ExampleNumber.init))
  }

  private static func beta(_ body: String) throws -> Homework {
    try Homework.solution
      .replacing("return dU.sum(axis: 0)", with: body, in: "ParameterGradients.swift")
  }

  /// Whatever the seed of the hidden tests is.
  @Test(arguments: ["1", "2"])
  func aWrongValue(seed: String) throws {
    let homework = try Self.beta("return dU.mean(axis: 0)")
    let found = try search(homework, of: "grad-beta", seed: seed).counterexample
    #expect(
      found
        == Counterexample(
          function: "gradBeta",
          arguments: [.init("dU", tensor([2, 1], [0, 1]))],
          ending: .returned,
          results: [
            .init(name: "dBeta", path: [], yours: tensor([1], [0.5]), right: tensor([1], [1]))
          ]
        )
    )
  }

  @Test(arguments: [
    ("fatalError()", Counterexample.Ending.ended), ("while true {}", .late(milliseconds: 200)),
    ("throw BatchTooSmall(count: 2)", .threw(error: "BatchTooSmall")),
  ])
  func anEnd(body: String, ending: Counterexample.Ending) throws {
    let homework = try Self.beta("if dU.shape[1] > 1 { \(body) }; return dU.sum(axis: 0)")
    let found = try search(homework, of: "grad-beta").counterexample
    #expect(found?.ending == ending)
    #expect(found?.results.map(\.right).isEmpty == false)
    guard case .tensor(let shape, _) = found?.arguments.first?.value else {
      Issue.record("the input is no tensor")
      return
    }
    #expect(shape == [2, 2])
  }

  /// The worker that is asked has seen nothing but small inputs, though all that is told of it is
  /// what a student's function says.
  @Test func nothingHiddenIsShown() throws {
    let homework = try Self.beta(
      """
      largest = max(largest, dU.scalars.reduce(0) { max($0, abs($1)) })
      return dU.sum(axis: 0) * 0 + largest + 0.25
      """
    ).adding("Memory.swift", "nonisolated(unsafe) var largest = 0.0\n")
    let found = try #require(try search(homework, of: "grad-beta").counterexample)
    let numbers = found.results.compactMap(\.yours).flatMap { $0.numbers?.numbers ?? [] }
    #expect(!numbers.isEmpty && numbers.allSatisfy { $0 <= 3.25 })
  }

  /// What earlier calls left behind is no case that a student can try.
  @Test func whatIsWrongOnlyAfterOtherCalls() throws {
    let homework = try Self.beta(
      """
      calls += 1
      return dU.sum(axis: 0) * (calls > 2 ? 2 : 1)
      """
    ).adding("Memory.swift", "nonisolated(unsafe) var calls = 0\n")
    #expect(try search(homework, of: "grad-beta").outcome == ExampleSearch.Outcome.none)
  }

  @Test func whatIsLookedForInVain() throws {
    // It shows near the kinks of single precision alone.
    let homework = try Self.beta("return dU.sum(axis: 0).map { abs($0) < 1e-9 ? 0 : $0 }")
    let search = try search(homework, of: "grad-beta")
    #expect(search.outcome == ExampleSearch.Outcome.none)
    #expect(search.questions ?? 0 > 10)
  }

  @Test func whatHasNoSmallInputs() throws {
    let homework = try Homework.solution.replacing(
      "return (x - mean).squared().mean(axis: 0)",
      with: "return x.squared().mean(axis: 0) - mean.squared()",
      in: "Forward.swift"
    )
    let search = try search(homework, of: "variance-stable")
    #expect(search.outcome == .notSearched && search.reason == .noSmallInputs)
  }

  /// Stubs are wrong everywhere, and what is right needs none.
  @Test func stubsAndRightCode() throws {
    let forward = try Homework.solution.text(of: "Forward.swift")
    let grade = try Homework.stub.adding("Forward.swift", forward).graded("--naming-seconds", "0")
    #expect(grade.tests.allSatisfy { $0.facts?.search == nil })
  }

  /// However much is wrong, a submission is asked so many questions and no more: first for what
  /// gives most points.
  @Test func questionsAreLimited() throws {
    var homework = Homework.solution
    // Too little to be shown, and too much to be right.
    for (file, line) in Self.returns {
      let wrong = "return 1.0001 * (\(line.dropFirst(7)))"
      homework = try homework.replacing(line, with: wrong, in: file)
    }
    let grade = try homework.graded("--naming-seconds", "0")
    let searches = grade.tests.compactMap { row in row.facts?.search.map { (row.maxScore, $0) } }
    let questions = searches.compactMap(\.1.questions)
    #expect(questions.reduce(0, +) == 200)
    #expect(questions.allSatisfy { $0 <= 64 })
    let left = searches.filter { $0.1.reason == .questions }.map(\.0)
    let asked = searches.filter { $0.1.questions != nil }.map(\.0)
    #expect(!left.isEmpty)
    #expect(left.allSatisfy { points in asked.allSatisfy { points <= $0 } })
  }

  @Test func nobodyLooksWhereNoQuestionsAreAllowed() throws {
    let grade = try Self.beta("return dU.mean(axis: 0)")
      .graded("--naming-seconds", "0", "--example-questions", "0")
    #expect(grade.tests.allSatisfy { $0.facts?.search == nil })
  }

  private static let returns = [
    ("Forward.swift", "return x.mean(axis: 0)"),
    ("Forward.swift", "return (x - mean).squared().mean(axis: 0)"),
    ("Forward.swift", "return (x - mean) / (variance + epsilon).squareRoot()"),
    ("Forward.swift", "return gamma * xHat + beta"),
    ("Steps.swift", "return gamma * dU"),
    ("Steps.swift", "return -0.5 * sum / (root * root * root)"),
    ("Steps.swift", "return direct + throughVariance + throughMean"),
    ("ParameterGradients.swift", "return (dU * xHat).sum(axis: 0)"),
    ("ParameterGradients.swift", "return dU.sum(axis: 0)"),
  ]
}
