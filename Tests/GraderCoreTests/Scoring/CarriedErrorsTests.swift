import GraderCore
import TestSupport
import Testing

/// A chain that is right for the student's own steps loses the share that the steps lose.
@Suite struct CarriedErrorsTests {
  private func test(_ id: String, _ points: Int, carries: [String]? = nil) -> Assignment.Test {
    Assignment.Test(id: id, points: points, carries: carries)
  }

  private func result(_ id: String, _ score: Int, of points: Int) -> Grade.TestResult {
    Grade.TestResult(id: id, score: score, of: points, message: "dX is wrong.")
  }

  @Test(arguments: [
    // Hundredths of the steps, of 200 and 400; of the chain, of 800.
    (200, 400, 800), (200, 0, 266), (0, 400, 533), (0, 0, 0), (1, 0, 1), (66, 133, 265),
  ])
  func shareOfTheSteps(first: Int, second: Int, chain: Int) {
    let points = CarriedErrors.points(
      of: test("chain", 800, carries: ["one", "two"]),
      given: [
        result("one", first, of: 200), result("two", second, of: 400),
        result("else", 900, of: 900),
      ]
    )
    #expect(points == Points(hundredths: chain))
  }

  @Test func nothingToCarry() {
    let results = [result("one", 200, of: 200)]
    #expect(CarriedErrors.points(of: test("chain", 800), given: results) == .zero)
    #expect(CarriedErrors.points(of: test("chain", 800, carries: []), given: results) == .zero)
    let worthless = [result("one", 0, of: 0)]
    let chain = test("chain", 800, carries: ["one"])
    #expect(CarriedErrors.points(of: chain, given: worthless) == .zero)
  }

  private var tests: [Assignment.Test] {
    [
      test("one", 200), test("two", 200), test("chain", 800, carries: ["one", "two"]),
      test("longer", 400, carries: ["chain"]),
    ]
  }

  private var results: [Grade.TestResult] {
    [
      result("one", 200, of: 200), result("two", 0, of: 200), result("chain", 0, of: 800),
      result("longer", 0, of: 400),
    ]
  }

  @Test func onlyCarriedChainsAreRaised() {
    let applied = CarriedErrors.applied(to: results, tests: tests, carried: ["chain"])
    #expect(applied.map(\.score.hundredths) == [200, 0, 400, 0])
    #expect(applied.map(\.status) == [.failed, .failed, .partial, .failed])
    #expect(
      applied[2].message
        == "Right for your own steps: the error is carried over from them, and costs only what "
        + "they cost. dX is wrong."
    )
    #expect(applied[3] == results[3])
  }

  @Test func chainThroughChainCountsWhatThatOneEarned() {
    let applied = CarriedErrors.applied(to: results, tests: tests, carried: ["chain", "longer"])
    #expect(applied.map(\.score.hundredths) == [200, 0, 400, 200])
  }

  @Test func nothingEarnedStaysFailed() {
    var results = results
    results[0].score = .zero
    #expect(CarriedErrors.applied(to: results, tests: tests, carried: ["chain"]) == results)
  }
}
