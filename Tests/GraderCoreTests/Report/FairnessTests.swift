import GraderCore
import TestSupport
import Testing

/// The price of slips, held against what is due.
@Suite struct FairnessTests {
  private static let rubric = [
    Assignment.Test(id: "one", points: 200), Assignment.Test(id: "two", points: 400),
    Assignment.Test(id: "else", points: 300),
    Assignment.Test(id: "chain", points: 800, carries: ["one", "two"]),
    Assignment.Test(id: "refusal", points: 100, carries: []),
  ]

  private func excesses(_ scores: [Int]) -> [Fairness.Excess] {
    let results = zip(Self.rubric, scores).map { test, score in
      Grade.TestResult(id: test.id, status: .failed, score: score, of: test.points.hundredths)
    }
    return Fairness.Excess.all(in: results, of: Self.rubric, own: ["two"])
  }

  @Test(
    arguments: [
      // A slip in the second step: it costs itself, and the chain its share.
      ([200, 0, 300, 266, 100], []), ([200, 100, 300, 400, 100], []),
      ([200, 0, 300, 265, 100], ["chain"]), ([200, 0, 299, 266, 100], ["else"]),
      ([0, 0, 300, 0, 100], ["one"]), ([200, 0, 300, 266, 0], ["refusal"]),
      ([200, 400, 300, 800, 100], []),
    ] as [([Int], [String])]
  )
  func due(scores: [Int], unfair: [String]) {
    #expect(excesses(scores).map(\.test) == unfair)
  }

  @Test func whatIsNotJudgedLosesNothing() {
    let results = Self.rubric.map { test in
      let status: Verdict.Kind = test.id == "else" ? .notJudged : .passed
      let score = test.id == "else" ? 0 : test.points.hundredths
      return Grade.TestResult(id: test.id, status: status, score: score, of: test.points.hundredths)
    }
    #expect(Fairness.Excess.all(in: results, of: Self.rubric, own: []) == [])
  }

  private func price(
    _ form: Fairness.Form,
    _ lost: Int...,
    in function: String = "f"
  ) -> Fairness.Price {
    Fairness.Price(
      slip: form.rawValue,
      function: function,
      form: form,
      program: "",
      lost: lost.map { Points(hundredths: $0) },
      excesses: []
    )
  }

  private func fairness(_ prices: [Fairness.Price], pairs: [Fairness.Pair] = []) -> Fairness {
    Fairness(assignment: "a", prices: prices, pairs: pairs, untried: [])
  }

  @Test func oneFormIsNotMuchDearerThanAnother() {
    #expect(fairness([price(.value, 200), price(.trap, 300)]).isGood)
    let uneven = fairness([price(.value, 200), price(.trap, 301), price(.trap, 900, in: "g")])
    #expect(uneven.uneven == ["f"])
    #expect(!uneven.isGood)
    #expect(uneven.functions.map(\.name) == ["g", "f"])
    // Other wrong values leave part of the answer right.
    #expect(fairness([price(.value, 20), price(.value, 200), price(.trap, 300)]).isGood)
  }

  @Test func aPriceThatChangesWithTheSeedIsUnfair() {
    #expect(!price(.value, 200, 201).isFair)
    #expect(price(.value, 200, 200).isFair)
  }

  @Test func twoSlipsCostAtLeastWhatEitherDoes() {
    func pair(_ lost: Int) -> Fairness.Pair {
      Fairness.Pair(
        slips: ["a", "b"],
        lost: Points(hundredths: lost),
        alone: [Points(hundredths: 200), Points(hundredths: 300)]
      )
    }
    #expect(pair(300).isFair)
    #expect(!pair(299).isFair)
    let text = FairnessTable.text(for: fairness([], pairs: [pair(299)]))
    #expect(text.contains("unfair: a with b: costs 2.99, alone they cost 2 and 3"))
    #expect(text.hasSuffix("\nNOT FAIR"))
  }

  @Test func table() {
    var dear = price(.trap, 343)
    dear.excesses = [
      Fairness.Excess(
        test: "chain",
        score: Points(hundredths: 1),
        due: Points(hundredths: 266)
      )
    ]
    let lines = FairnessTable.text(for: fairness([dear, price(.value, 300)]))
      .split(separator: "\n")
    #expect(lines[1] == "    value    trap   error private compile")
    #expect(lines[2] == "f       3    3.43                        ")
    #expect(lines.contains("unfair: trap, f: chain has 0.01, and 2.66 are its due"))
    #expect(lines.last == "NOT FAIR")
    #expect(FairnessTable.text(for: fairness([price(.value, 1)])).hasSuffix("\nfair"))
  }
}
