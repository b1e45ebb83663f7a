/// The description of one assignment, as `assignment.yaml` has it.
package struct Assignment: Codable, Equatable, Sendable {
  /// The name of its folders, such as `a1-batch-norm`.
  package var id: String
  /// Its title for people.
  package var title: String
  /// The student's module.
  package var module: String
  /// The module of types and declarations that student, worker and hidden suite share.
  package var task: String
  /// The hidden suite's test target.
  package var suite: String
  /// The student's files, each of which can be missing or broken without harm to the others.
  package var parts: [Part]
  /// The tests that a machine grades, in the order of the report.
  package var tests: [Test]
  /// The items that a person grades.
  package var pending: [PendingItem]
  /// The limits that differ from the defaults.
  package var limits: LimitOverrides
  /// The rule for counterexamples; absent for the default.
  package var counterexamples: Counterexamples?

  /// The rule for counterexamples.
  package struct Counterexamples: Codable, Equatable, Sendable {
    /// The part of one that a student sees.
    package var show: Show

    /// The part of a counterexample that a student sees.
    package enum Show: String, NamedChoice, Sendable {
      /// The input, what the function returned, and the right value.
      case answers
      /// The input, and a property that the result lacks.
      case input
    }
  }

  /// One file of the student's module.
  package struct Part: Codable, Equatable, Sendable {
    /// A short name that tests refer to.
    package var name: String
    /// Its path in the hand-in.
    package var file: String
    /// The signatures it must declare, without `public func`.
    package var functions: [String]
  }

  /// One row of the rubric: one XCTest method and one worker.
  package struct Test: Codable, Equatable, Sendable {
    /// The rubric's name for it.
    package var id: String
    /// `Class/method` in the hidden suite.
    package var method: String
    /// Its title for people.
    package var title: String
    /// The part whose function it calls.
    package var part: String
    /// Its points.
    package var points: Points
    /// The audience of its result.
    package var visibility: Visibility
    /// For a chain: the steps whose errors it may carry.
    package var carries: [String]?
    /// The test without which it makes no sense: it is judged only if that one passed.
    package var onlyIf: String?
    /// The limits that differ from the assignment's.
    package var limits: LimitOverrides?
  }

  /// The time from which a student sees a test's result.
  package enum Visibility: String, NamedChoice, Sendable {
    /// At once.
    case visible
    /// From the assignment's due date on.
    case afterDueDate
    /// Never.
    case hidden
  }

  /// Work that waits for a person.
  package struct PendingItem: Codable, Equatable, Sendable {
    /// The rubric's name for it.
    package var id: String
    /// Its title for people.
    package var title: String
    /// The file that holds the student's answer.
    package var file: String
    /// Its points.
    package var points: Points
  }
}

extension Assignment {
  /// The signature of a function by its name; nil if the task has none of that name.
  package func signature(of function: String) -> String? {
    parts.lazy.flatMap(\.functions).first { SignatureText(of: $0).name == function }
  }

  /// The faults of the description itself, which are the course's author's.
  package var inconsistencies: [String] {
    let names = Set(parts.map(\.name))
    var found = duplicates(of: parts.map(\.name)).map { "two parts are called \($0)" }
    found += duplicates(of: parts.map(\.file)).map { "two parts have the file \($0)" }
    found += duplicates(of: tests.map(\.id) + pending.map(\.id)).map { "two items are \($0)" }
    found += duplicates(of: tests.map(\.method)).map { "two tests have the method \($0)" }
    found += tests.filter { !names.contains($0.part) }.map { "\($0.id): no part \($0.part)" }
    let ids = Set(tests.map(\.id))
    for test in tests {
      found += (test.carries ?? []).filter { !ids.contains($0) || $0 == test.id }
        .map { "\(test.id): cannot carry errors of \($0)" }
    }
    found += conditionProblems
    found += tests.filter { $0.points < .zero }.map { "\($0.id): \($0.points) points" }
    return found
  }

  /// The faults of what chains may carry, by the steps that the suite asks to put each together.
  ///
  /// A step that is never asked would share in the points and could not speak against the chain.
  ///
  /// - Parameter asked: The ids of the steps' tests, by the id of the chain's.
  /// - Returns: A sentence for each.
  package func carryProblems(asked: [String: Set<String>]) -> [String] {
    let ids = Set(tests.map(\.id))
    return tests.flatMap { test in
      let asked = asked[test.id] ?? []
      return (test.carries ?? []).filter { !asked.contains($0) }
        .map { "\(test.id) carries errors of \($0), which the suite never asks for it." }
        + asked.subtracting(ids).sorted()
        .map { "The suite asks \($0) for \(test.id), and the rubric has no such item." }
    }
  }

  private func duplicates(of values: [String]) -> [String] {
    Dictionary(grouping: values, by: \.self).filter { $1.count > 1 }.keys.sorted()
  }
}

/// The limits of a build, a test and a submission.
package struct GradingLimits: Codable, Equatable, Sendable {
  /// CPU time of one compiler job, in seconds.
  package var compileCPUSeconds = 30
  /// Wall time of one compiler job, in seconds.
  package var compileWallSeconds = 60
  /// Address space of one compiler job, in MiB.
  package var compileMemoryMiB = 4096
  /// CPU time of one test's worker, in seconds.
  package var testCPUSeconds = 5
  /// Wall time of one test, in seconds.
  package var testWallSeconds = 10
  /// Memory of one test's worker, in MiB.
  package var testMemoryMiB = 512
  /// The part of each output stream that is kept, in bytes.
  package var outputBytes = 64 << 10
  /// Wall time of all tests of a submission, in seconds; what is left then is not run.
  package var submissionWallSeconds = 120

  /// The defaults.
  package init() {}
}

/// The limits that an assignment or a test sets differently.
package struct LimitOverrides: Codable, Equatable, Sendable {
  /// See `GradingLimits`.
  package var compileCPUSeconds, compileWallSeconds, compileMemoryMiB: Int?
  /// See `GradingLimits`.
  package var testCPUSeconds, testWallSeconds, testMemoryMiB, outputBytes: Int?
  /// See `GradingLimits`.
  package var submissionWallSeconds: Int?
  /// True if the test's time stays outside the submission's.
  package var outsideSubmissionTime: Bool?

  /// Nothing differs.
  package init() {}
}

extension GradingLimits {
  /// These limits with what the overrides set.
  package func applying(_ overrides: LimitOverrides?) -> GradingLimits {
    guard let overrides else { return self }
    var limits = self
    func set(_ path: WritableKeyPath<GradingLimits, Int>, _ value: Int?) {
      if let value { limits[keyPath: path] = value }
    }
    set(\.compileCPUSeconds, overrides.compileCPUSeconds)
    set(\.compileWallSeconds, overrides.compileWallSeconds)
    set(\.compileMemoryMiB, overrides.compileMemoryMiB)
    set(\.testCPUSeconds, overrides.testCPUSeconds)
    set(\.testWallSeconds, overrides.testWallSeconds)
    set(\.testMemoryMiB, overrides.testMemoryMiB)
    set(\.outputBytes, overrides.outputBytes)
    set(\.submissionWallSeconds, overrides.submissionWallSeconds)
    return limits
  }
}

/// A closed choice that people write by name.
package protocol NamedChoice: RawRepresentable, CaseIterable, Codable where RawValue == String {}

extension NamedChoice {
  /// Reads a name, and says which ones there are if it is none of them.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let choice = Self(rawValue: name) else {
      let names = Self.allCases.map(\.rawValue).joined(separator: ", ")
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "must be one of \(names), and is `\(name)`"
      )
    }
    self = choice
  }
}
