package import JudgeEvents

/// The words that a student reads about a test: what happened, to what, what to do.
package struct StudentText: Sendable {
  private init() {}

  /// The message that goes with a judgement.
  ///
  /// - Parameters:
  ///   - judgement: What the test came to.
  ///   - trap: Where the worker trapped, if it did.
  ///   - reason: Why the blocking file could not be used, such as the compiler's message.
  /// - Returns: The message; empty if there is nothing to say.
  package static func message(for judgement: Judgement, trap: Trap?, reason: String? = nil)
    -> String
  {
    let during = judgement.function.map { " in \($0)" } ?? ""
    switch judgement.verdict {
    case .passed: return ""
    case .partial, .failed: return findings(judgement.findings, slip: judgement.slip)
    case .crashed(let crash): return describe(crash, trap: trap, during: during)
    case .timedOut(.cpu(let seconds)):
      return "Stopped after \(seconds) s of processor time\(during): "
        + "look for a loop that does not end."
    case .timedOut(.wall(let seconds)):
      return "Stopped after \(seconds) s\(during): it neither returned nor threw."
    case .outOfMemory(let limit):
      let place = trap.flatMap(location).map { " at \($0)" } ?? ""
      return "Needed more than \(limit) MiB of memory\(during)\(place)."
    case .badReply:
      return "Something other than the result arrived from your code\(during): "
        + "a solution must not write to open file descriptors."
    case .pending: return "Waits for a person to mark it."
    case .notRun(let blocker): return describe(blocker, reason: reason)
    }
  }

  /// Three findings say enough of what is wrong, but not of why: a pattern comes after them, and
  /// the slip at the end.
  private static func findings(_ findings: [Finding], slip: String?) -> String {
    guard !findings.isEmpty || slip != nil else { return "The answer is wrong." }
    let pattern = findings.dropFirst(3).first { if case .pattern = $0 { true } else { false } }
    let facts = (findings.prefix(3) + (pattern.map { [$0] } ?? [])).map(sentence)
    return (facts + (slip.map { ["It looks as if \($0)."] } ?? [])).joined(separator: " ")
  }

  /// One finding in words.
  package static func sentence(_ finding: Finding) -> String {
    switch finding {
    case .notImplemented(let function, let stub):
      let inner = SignatureText(of: stub).name
      let cause = inner == function ? "" : " because \(Printable.line(inner, longest: 80)) does"
      return "\(function) still throws NotImplemented\(cause)."
    case .threw(let function, let error):
      return "\(function) threw \(Printable.line(error)) where it should return."
    case .threwAnother(let function, let error, let expected):
      guard error != expected else {
        return "\(function) threw a type of your own called \(expected), not CourseKit's."
      }
      return "\(function) threw \(Printable.line(error)) where it should throw \(expected)."
    case .didNotThrow(let function, let expected):
      return "\(function) should have thrown \(expected)."
    case .wrongShape(let what, let yours, let expected):
      return "\(what) has shape \(yours), expected \(expected)."
    case .notFinite(let what, let count, let all):
      return "\(what): \(count) of \(all) entries are NaN or infinite."
    case .wrongValues(let what, let count, let all, let exponent):
      let share = all == 1 ? "is wrong" : "is wrong at \(count) of \(all) entries"
      return "\(what) \(share); relative error about 1e\(exponent)."
    case .notRepeatable(let function):
      return "\(function) gave another answer when asked the same again: "
        + "an answer may depend on the arguments alone, not on earlier calls or on chance."
    case .pattern(let what, let pattern): return Self.sentence(pattern, of: what)
    case .differenced(let function):
      return
        "\(function) behaves like finite differences; the task asks for the derivative by hand."
    case .remark(let text): return text
    }
  }

  private static func sentence(_ pattern: Pattern, of what: String) -> String {
    switch pattern {
    case .zero: return "Every entry of \(what) is zero."
    case .transposed: return "\(what) has rows and columns exchanged."
    case .factor(let factor): return "Every entry of \(what) is \(factor) times the right one."
    case .constantOverRows:
      return "In each column of \(what) the error is the same for every row, as if a term that is "
        + "constant over the batch, the mean's path, were off."
    case .along(let name):
      return "In each column of \(what) the error is proportional to \(name), as if the path "
        + "through the variance were off."
    }
  }

  private static func describe(_ crash: Verdict.Crash, trap: Trap?, during: String) -> String {
    switch crash {
    case .exited(let status):
      return "Your code ended the program (exit status \(status))\(during): "
        + "a function must return or throw."
    case .forbiddenSystemCall:
      return "Your code tried something that a solution may not do (files, network, processes)"
        + "\(during), and was stopped."
    case .signaled(let signal):
      let kind = trap?.kind ?? "Crashed (\(Signal.name(signal)))"
      return "\(kind)\(trap.flatMap(location).map { " at \($0)" } ?? "")\(during)."
    }
  }

  private static func describe(_ blocker: Verdict.Blocker, reason: String?) -> String {
    let detail = reason.map { "\n\($0)" } ?? ""
    switch blocker {
    case .file(let path): return "Not run: \(path) does not compile.\(detail)"
    case .missingFile(let path): return "Not run: \(path) is not in the archive."
    case .submissionTimeLimit(let seconds):
      return "Not run: the tests before it used up the submission's \(seconds) s."
    }
  }

  private static func location(_ trap: Trap) -> String? {
    guard let file = trap.file else { return nil }
    return trap.line.map { "\(file):\($0)" } ?? file
  }
}
