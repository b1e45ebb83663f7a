/// The work that a test is ordered to do.
public enum JudgeWork: Equatable, Sendable {
  /// To judge.
  case judge
  /// To put its chain together from the student's steps.
  case compose
  /// To search for the smallest input on which the student's function is wrong.
  case search(SearchLimits)

  /// The word that travels, in which there is no space.
  var text: String {
    switch self {
    case .judge: "judge"
    case .compose: "compose"
    case .search(let limits):
      (["search", "\(limits.questions)", "\(limits.milliseconds)"] + limits.deadly.map(String.init))
        .joined(separator: ":")
    }
  }

  /// The work by its word; nil if there is none of that word.
  init?(_ text: Substring) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    switch parts[0] {
    case "judge" where parts.count == 1: self = .judge
    case "compose" where parts.count == 1: self = .compose
    case "search":
      let numbers = parts.dropFirst().compactMap { Int($0) }
      guard numbers.count == parts.count - 1, numbers.count >= 2 else { return nil }
      self = .search(
        SearchLimits(
          questions: numbers[0],
          milliseconds: numbers[1],
          deadly: Array(numbers.dropFirst(2))
        )
      )
    default: return nil
    }
  }
}

/// The bounds of one search for a counterexample.
public struct SearchLimits: Equatable, Sendable {
  /// The most questions to the worker.
  public var questions: Int
  /// The time that an answer may take, in milliseconds.
  public var milliseconds: Int
  /// The numbers of the questions, from 0, that ended an earlier worker: they are not asked again.
  public var deadly: [Int]

  /// These bounds.
  public init(questions: Int, milliseconds: Int, deadly: [Int] = []) {
    (self.questions, self.milliseconds, self.deadly) = (questions, milliseconds, deadly)
  }
}
