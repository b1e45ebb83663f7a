/// What `assignment.yaml` says about one assignment.
public struct Assignment: Codable, Equatable, Sendable {
  /// The name of its folders, such as `a1-batch-norm`.
  public var id: String
  /// Its title for people.
  public var title: String
  /// The student's module.
  public var module: String
  /// The module of types and declarations that student, worker and hidden suite share.
  public var task: String
  /// The hidden suite's test target.
  public var suite: String
  /// The student's files, each of which can be missing or broken without harm to the others.
  public var parts: [Part]
  /// What a machine grades, in the order of the report.
  public var tests: [Test]
  /// What a person grades.
  public var pending: [PendingItem]
  /// What differs from the default limits.
  public var limits: LimitOverrides

  /// One file of the student's module.
  public struct Part: Codable, Equatable, Sendable {
    /// A short name that tests refer to.
    public var name: String
    /// Its path in the hand-in.
    public var file: String
    /// The signatures it must declare, without `public func`.
    public var functions: [String]
  }

  /// One row of the rubric: one XCTest method and one worker.
  public struct Test: Codable, Equatable, Sendable {
    /// The rubric's name for it.
    public var id: String
    /// `Class/method` in the hidden suite.
    public var method: String
    /// Its title for people.
    public var title: String
    /// The part whose function it calls.
    public var part: String
    /// Its points.
    public var points: Points
    /// Who sees its result.
    public var visibility: Visibility
    /// What differs from the assignment's limits.
    public var limits: LimitOverrides?
  }

  /// When a student sees a test's result.
  public enum Visibility: String, Codable, Sendable {
    /// At once.
    case visible
    /// When the assignment is due.
    case afterDueDate
    /// Never.
    case hidden
  }

  /// Work that waits for a person.
  public struct PendingItem: Codable, Equatable, Sendable {
    /// The rubric's name for it.
    public var id: String
    /// Its title for people.
    public var title: String
    /// The file that holds the student's answer.
    public var file: String
    /// Its points.
    public var points: Points
  }

  /// All points that a machine gives.
  public var maxScore: Points { tests.map(\.points).total }

  /// All points that people give.
  public var pendingPoints: Points { pending.map(\.points).total }
}

extension Assignment {
  /// What is wrong with the description itself: a fault of the course's author.
  public var inconsistencies: [String] {
    let names = Set(parts.map(\.name))
    var found = duplicates(of: parts.map(\.name)).map { "two parts are called \($0)" }
    found += duplicates(of: parts.map(\.file)).map { "two parts have the file \($0)" }
    found += duplicates(of: tests.map(\.id) + pending.map(\.id)).map { "two items are \($0)" }
    found += duplicates(of: tests.map(\.method)).map { "two tests have the method \($0)" }
    found += tests.filter { !names.contains($0.part) }.map { "\($0.id): no part \($0.part)" }
    found += tests.filter { $0.points < .zero }.map { "\($0.id): \($0.points) points" }
    return found
  }

  private func duplicates(of values: [String]) -> [String] {
    Dictionary(grouping: values, by: \.self).filter { $1.count > 1 }.keys.sorted()
  }
}
