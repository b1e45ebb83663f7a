package import JudgeEvents

/// The outcomes of searches for counterexamples, planted mistake by planted mistake.
package struct CounterexampleTally: Codable, Sendable {
  /// A planted mistake with the counterexamples of the tests that it loses.
  package struct Slip: Codable, Sendable {
    /// Its name.
    package var name: String
    /// The outcome of each search, by the test's id.
    package var outcomes: [String: ExampleSearch.Outcome]
    /// The amounts of numbers in the inputs that were found.
    package var sizes: [Int]
    /// The methods that pass although the mistake is there, or do not compile.
    package var unfit: [String]

    /// True if an input was found for one of its tests.
    package var isFound: Bool { outcomes.values.contains(.found) }

    package init(
      name: String,
      outcomes: [String: ExampleSearch.Outcome],
      sizes: [Int],
      unfit: [String]
    ) {
      (self.name, self.outcomes, self.sizes, self.unfit) = (name, outcomes, sizes, unfit)
    }
  }

  /// The assignment's id.
  package var assignment: String
  /// The planted mistakes that were tried.
  package var slips: [Slip]
  /// The methods that do not pass on the solution.
  package var wrong: [String]

  package init(assignment: String, slips: [Slip], wrong: [String]) {
    (self.assignment, self.slips, self.wrong) = (assignment, slips, wrong)
  }

  /// The most numbers that an input may have.
  package static let mostNumbers = 24

  /// True if all methods do what they promise, and no input is large.
  package var isGood: Bool {
    wrong.isEmpty
      && slips.allSatisfy { slip in
        slip.unfit.isEmpty && slip.sizes.allSatisfy { $0 <= Self.mostNumbers }
      }
  }

  /// The report: counts, and every planted mistake without an input.
  package var text: String {
    let sizes = slips.flatMap(\.sizes).sorted()
    let found = slips.count(where: \.isFound)
    var lines = ["counterexamples found for \(found) of \(slips.count) planted mistakes"]
    if let largest = sizes.last {
      lines.append("numbers in an input: median \(sizes[sizes.count / 2]), at most \(largest)")
    }
    lines += slips.filter { !$0.isFound }.map { slip in
      let outcomes = slip.outcomes.sorted { $0.key < $1.key }.map { "\($0): \($1.rawValue)" }
      return "without one: \(slip.name) (\(outcomes.joined(separator: ", ")))"
    }
    lines += slips.flatMap { slip in slip.unfit.map { "does not fail on \(slip.name): \($0)" } }
    lines += wrong.map { "does not pass on the solution: \($0)" }
    return (lines + [isGood ? "good" : "NOT GOOD"]).joined(separator: "\n")
  }
}

extension Counterexample {
  /// The amount of numbers in its arguments.
  package var numberCount: Int { arguments.map { $0.value.numberCount }.reduce(0, +) }
}

extension ExampleValue {
  fileprivate var numberCount: Int {
    switch self {
    case .parts(_, let parts): parts.map { $0.value.numberCount }.reduce(0, +)
    case .list(let values): values.map(\.numberCount).reduce(0, +)
    case .none, .choice: 0
    default: numbers?.numbers.count ?? .max / 2
    }
  }
}
