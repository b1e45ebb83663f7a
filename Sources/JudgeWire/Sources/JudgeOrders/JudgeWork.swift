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
      [
        "search", "\(limits.questions)", "\(limits.milliseconds)",
        String(limits.verdicts.map { $0 ? "1" : "0" }),
        limits.deadly.map(String.init).joined(separator: ","),
      ].joined(separator: ":")
    }
  }

  /// The work by its word; nil if there is none of that word.
  init?(_ text: Substring) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    switch parts[0] {
    case "judge" where parts.count == 1: self = .judge
    case "compose" where parts.count == 1: self = .compose
    case "search":
      guard parts.count == 5, let questions = Int(parts[1]), let milliseconds = Int(parts[2])
      else { return nil }
      self = .search(
        SearchLimits(
          questions: questions,
          milliseconds: milliseconds,
          deadly: parts[4].split(separator: ",").compactMap { Int($0) },
          verdicts: parts[3].map { $0 == "1" }
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
  /// The answers of an earlier search, question by question, true if they were wrong.
  ///
  /// If there are some, all that is asked is what they lead to.
  public var verdicts: [Bool]

  /// These bounds.
  public init(
    questions: Int,
    milliseconds: Int,
    deadly: [Int] = [],
    verdicts: [Bool] = []
  ) {
    (self.questions, self.milliseconds) = (questions, milliseconds)
    (self.deadly, self.verdicts) = (deadly, verdicts)
  }
}
