/// The outcome of a suite's proof of itself, or of some programs' trial.
package struct Validation: Codable, Equatable, Sendable {
  /// The assignment's id.
  package var assignment: String
  /// The names and patterns of the variants and planted mistakes that alone were tried; nil if all
  /// was, and this is a proof.
  package var only: [String]?
  /// The numbers of seeds that the solution was tried with, and each of the other programs.
  package var seeds: Seeds
  /// The ids of all tests, in the order of the rubric.
  package var tests: [String]
  /// Every program that was tried.
  package var subjects: [Subject]
  /// The number of tests of the suite's own oracles that passed.
  package var oracleTests: Int
  /// The problems beside the programs' results, in sentences.
  package var problems: [String]

  /// Numbers of seeds.
  package struct Seeds: Codable, Equatable, Sendable {
    /// For the solution.
    package var solution: Int
    /// For each variant and mutant.
    package var others: Int

    package init(solution: Int, others: Int) {
      self.solution = solution
      self.others = others
    }
  }

  /// The kind of a program that was tried.
  package enum Kind: String, Codable, Sendable {
    case solution, stub, variant, mutant
  }

  /// A program, and how it fared.
  package struct Subject: Codable, Equatable, Sendable {
    /// Its name.
    package var name: String
    /// Its kind.
    package var kind: Kind
    /// The tests in which it must lose points.
    package var expected: [String]
    /// In how many runs it lost points, by test; tests in which it never did are absent.
    package var losses: [String: Int]
    /// The seeds under which it lost points elsewhere than it must, or not all that it must.
    package var wrongSeeds: [UInt64]
    /// The tests that were not judged in some run, since another did not pass.
    package var notJudged: Set<String> = []
    /// The number of runs of all tests.
    package var runs: Int
    /// True if its slip was named, and no other; nil if nobody tried to.
    package var slipNamed: Bool?
    /// The reason why it could not be tried; nil if it could.
    package var problem: String?

    package init(name: String, kind: Kind, expected: [String]) {
      self.name = name
      self.kind = kind
      self.expected = expected
      losses = [:]
      wrongSeeds = []
      runs = 0
    }

    /// Counts one run of all tests.
    package mutating func count(_ results: [Grade.TestResult], seed: UInt64) {
      runs += 1
      let lost = results.filter { $0.score < $0.maxScore && $0.status != .notJudged }.map(\.id)
      if Set(lost) != Set(expected) { wrongSeeds.append(seed) }
      for result in results where result.score < result.maxScore {
        guard result.status != .notJudged else {
          notJudged.insert(result.id)
          if expected.contains(result.id) {
            problem =
              "\(result.id) is not judged, since a test that it waits for loses points; "
              + "take it out of what is expected"
          }
          continue
        }
        losses[result.id, default: 0] += 1
        if kind == .stub, result.score > .zero || result.status == .crashed {
          problem = "\(result.id) is \(result.status.rawValue) with \(result.score) points"
        }
      }
    }

    /// Runs of tests that failed and must not.
    package var falseFails: Int {
      losses.filter { !expected.contains($0.key) }.values.reduce(0, +)
    }

    /// Runs of tests that passed and must not.
    package var falsePasses: Int {
      expected.map { runs - (losses[$0] ?? 0) }.reduce(0, +)
    }

    /// True if it fared as it must.
    package var isGood: Bool { problem == nil && falseFails == 0 && falsePasses == 0 && runs > 0 }
  }

  package init(
    assignment: String,
    only: [String]? = nil,
    seeds: Seeds,
    tests: [String],
    subjects: [Subject],
    oracleTests: Int,
    problems: [String]
  ) {
    self.assignment = assignment
    self.only = only
    self.seeds = seeds
    self.tests = tests
    self.subjects = subjects
    self.oracleTests = oracleTests
    self.problems = problems
  }

  /// True if all that was tried fared as it must; where that is all there is, the suite can be
  /// trusted.
  package var isGood: Bool { problems.isEmpty && subjects.allSatisfy(\.isGood) }
}
