package import JudgeEvents

extension StudentText {
  /// One finding in words.
  ///
  /// - Parameters:
  ///   - finding: The finding.
  ///   - isExplained: True if the slip behind it is told too, so that no cause need be guessed.
  /// - Returns: A sentence.
  package static func sentence(_ finding: Finding, isExplained: Bool = false) -> String {
    switch finding {
    case .notImplemented(let function, let stub):
      let inner = SignatureText(of: stub).name
      let cause = inner == function ? "" : " because \(Printable.line(inner, longest: 80)) does"
      return "\(function) still throws NotImplemented\(cause)."
    case .threw(let function, let error):
      return "\(function) threw \(words(for: error, of: function)) where it should return."
    case .threwAnother(let function, let error, let expected):
      guard error != expected else {
        return "\(function) threw a type of your own called \(expected), not CourseKit's."
      }
      return "\(function) threw \(words(for: error, of: function)) "
        + "where it should throw \(expected)."
    case .didNotThrow(let function, let expected):
      return "\(function) should have thrown \(expected)."
    case .wrongShape(let what, let yours, let expected, let trials):
      return wrongShape(what, yours, expected, trials)
    case .notFinite(let what, let count, let all, let trials):
      return notFinite(what, count, all, trials)
    case .wrongValues(let what, let count, let all, let exponent, let trials):
      return wrongValues(what, count, all, exponent, trials)
    case .notRepeatable(let function):
      return "\(function) gave another answer when asked the same again: "
        + "an answer may depend on the arguments alone, not on earlier calls or on chance."
    case .pattern(let what, let pattern, let trials):
      return sentence(pattern, of: what, trials, isExplained: isExplained)
    case .differenced(let function, let what):
      let subject = what.map { "\($0) of \(function)" } ?? function
      return "\(subject) is nearly right, with the errors of finite differences; the task asks for "
        + "the derivative by hand."
    case .remark(let text): return text
    }
  }

  /// An error as a noun.
  private static func words(for error: String, of function: String) -> String {
    MismatchWords(error)?.noun(of: function) ?? Printable.line(error)
  }

  private static func wrongShape(
    _ what: String,
    _ yours: [Int]?,
    _ expected: [Int],
    _ trials: Trials?
  ) -> String {
    let isAlways = trials.map { $0.wrong == $0.of } ?? true
    let when = isAlways ? "." : ": its shape is wrong \(trials.map(phrase) ?? "")."
    guard let yours else { return "\(what) does not have shape \(expected)\(when)" }
    return "\(what) has shape \(yours), expected \(expected)\(when)"
  }

  private static func notFinite(
    _ what: String,
    _ count: Int,
    _ all: Int,
    _ trials: Trials?
  ) -> String {
    let count = Finding.words(for: count, of: all)
    guard let trials else { return "\(what): \(count) of \(all) entries are NaN or infinite." }
    if all == 1 { return "\(what) is NaN or infinite \(phrase(trials))." }
    let worst = trials.wrong > 1 ? "in the worst \(count)" : "\(count)"
    return "\(what) has entries that are NaN or infinite \(phrase(trials)), \(worst) of \(all)."
  }

  private static func wrongValues(
    _ what: String,
    _ count: Int,
    _ all: Int,
    _ exponent: Int?,
    _ trials: Trials?
  ) -> String {
    let isRange = (trials?.wrong ?? 1) > 1
    let error = exponent.map { "; relative error \(isRange ? "up to " : "")about 1e\($0)" } ?? ""
    let entries = all == 1 ? "" : "at \(Finding.words(for: count, of: all)) of \(all) entries"
    guard let trials else {
      return "\(what) is wrong\(entries.isEmpty ? "" : " " + entries)\(error)."
    }
    let share = entries.isEmpty ? "" : ", \(isRange ? "in the worst " : "")\(entries)"
    return "\(what) is wrong \(phrase(trials))\(share)\(error)."
  }

  /// The trials in which something is so, such as `in 2 of 9 trials (those with n = 1)`.
  private static func phrase(_ trials: Trials) -> String {
    if trials.wrong == trials.of { return "in all \(trials.of) trials" }
    let those = trials.wrong == 1 ? "the one" : "those"
    let only = trials.only.map { " (\(those) with \(Printable.line($0, longest: 80)))" } ?? ""
    return "in \(trials.wrong) of \(trials.of) trials\(only)"
  }

  /// The trials in which something is so as far as they are wrong.
  private static func phraseOfWrong(_ trials: Trials) -> String {
    if trials.of == 1 { return " in the one trial" }
    if trials.wrong == trials.of { return " in all \(trials.of) trials" }
    let verb = trials.wrong == 1 ? "is" : "are"
    return " in the \(trials.wrong) of \(trials.of) trials that \(verb) wrong"
  }

  private static func sentence(
    _ pattern: Pattern,
    of what: String,
    _ trials: Trials?,
    isExplained: Bool
  ) -> String {
    let when = trials.map(phraseOfWrong) ?? ""
    func guess(_ cause: String) -> String { isExplained ? "" : ", as if \(cause)" }
    switch pattern {
    case .zero: return "Every entry of \(what) is zero\(when)."
    case .transposed: return "\(what) has rows and columns exchanged\(when)."
    case .factor(let factor):
      return "Every entry of \(what) is \(factor) times the right one\(when)."
    case .constantOverRows:
      return "In each column of \(what) the error is the same for every row\(when)"
        + guess("a term that is constant over the batch, the mean's path, were off") + "."
    case .along(let name):
      return "In each column of \(what) the error is proportional to \(name)\(when)"
        + guess("the path through the variance were off") + "."
    }
  }
}
