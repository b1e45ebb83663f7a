import JudgeEvents

/// The words that a student reads about a test: what happened, to what, what to do.
package struct StudentText: Sendable {
  private init() {}

  /// The message that goes with a result.
  ///
  /// - Parameters:
  ///   - status: The verdict.
  ///   - facts: What is known of it; grades of earlier versions know nothing.
  ///   - compiler: What the compiler says of the file that keeps the test from running.
  /// - Returns: The message; empty if there is nothing to say.
  package static func message(
    _ status: Verdict.Kind,
    _ facts: Grade.Facts,
    compiler: String? = nil
  ) -> String {
    let during = facts.function.map { " in \($0)" } ?? ""
    let place = facts.place.map { " at \($0)" } ?? ""
    switch status {
    case .passed: return ""
    case .partial, .failed: return wrongAnswer(facts, end(of: facts, during, place))
    case .crashed: return describe(facts.crash, trap: facts.trap, place, during)
    case .timedOut: return describe(facts.timeLimit, during)
    case .outOfMemory: return describe(memory: facts.memoryLimitMiB, during, place)
    case .badReply:
      return "Something other than the result arrived from your code\(during): "
        + "a solution must not write to open file descriptors."
    case .pending:
      guard case .missingFile(let path) = facts.blocker else {
        return "Waits for a person to mark it."
      }
      return "\(path) is not in the archive."
    case .notRun: return describe(facts.blocker, compiler: compiler)
    case .notJudged:
      let since = facts.condition.map { ", since “\($0.title)” did not pass" } ?? ""
      return "Not judged\(since)."
    }
  }

  /// The end of a chain that has points for its steps, and ended as one of them does.
  private static func end(of facts: Grade.Facts, _ during: String, _ place: String) -> String? {
    if let crash = facts.crash { return describe(crash, trap: facts.trap, place, during) }
    if let limit = facts.timeLimit { return describe(limit, during) }
    if let limit = facts.memoryLimitMiB { return describe(memory: limit, during, place) }
    return facts.blocker.map { describe(stepsIn: $0) }
  }

  private static func describe(memory limit: Int?, _ during: String, _ place: String) -> String {
    let amount = limit.map { "more than \($0) MiB of" } ?? "too much"
    return "Needed \(amount) memory\(during)\(place)."
  }

  /// A chain that has points for its steps can have ended as they do.
  private static func wrongAnswer(_ facts: Grade.Facts, _ end: String?) -> String {
    var sentences = (facts.findings ?? []).map { sentence($0, isExplained: facts.slip != nil) }
    if let slip = facts.slip { sentences.append("It looks as if \(slip).") }
    if let end { sentences.append(end) }
    if sentences.isEmpty { sentences = ["The answer is wrong."] }
    if let share = facts.carried {
      let kept = share.earned == share.of ? "all points are kept" : "part of the points is kept"
      sentences.insert(
        "As your own steps make it: the error is carried over from them, and \(kept).",
        at: 0
      )
    }
    return sentences.joined(separator: " ")
  }

  /// The words on the code as a whole.
  ///
  /// - Parameters:
  ///   - build: The record of building it.
  ///   - leftOut: Helpers that could not be used, and the compiler's words on each.
  /// - Returns: The message; empty if there is nothing to say.
  package static func message(
    _ build: Grade.BuildRecord,
    leftOut: [(name: String, reason: String)]
  ) -> String {
    let dropped = leftOut.map { "\($0.name) was left out. \($0.reason)" }
    return ((build.status == .failed ? [nothing(of: build)] : []) + dropped).joined(separator: "\n")
  }

  /// Only of what is there can be said that it does not compile.
  private static func nothing(of build: Grade.BuildRecord) -> String {
    let missing = IntakeText.list(
      build.parts.filter { $0.status == .missing }.map { "`\($0.file)`" }
    )
    if build.hasNoCode {
      return "Nothing could be graded: none of the files of code that are asked for is in the "
        + "archive. Put \(missing) into it under exactly these names."
    }
    let advice = "Run `swift build` in the assignment's folder and mend what it reports."
    return missing.isEmpty
      ? "Nothing could be graded: no part of the code compiles. \(advice)"
      : "Nothing could be graded: no part of the code that is in the archive compiles. \(advice) "
        + "Not in the archive: \(missing)."
  }

  private static func describe(
    _ crash: Verdict.Crash?,
    trap: String?,
    _ place: String,
    _ during: String
  ) -> String {
    switch crash {
    case .exited(let status):
      return "Your code ended the program (exit status \(status))\(during): "
        + "a function must return or throw."
    case .forbiddenSystemCall:
      return "Your code tried something that a solution may not do (files, network, processes)"
        + "\(during), and was stopped."
    case .signaled(let signal):
      return "\(trap ?? "Crashed (\(Signal.name(signal)))")\(place)\(during)."
    case nil: return "Crashed\(during)."
    }
  }

  private static func describe(_ limit: Verdict.TimeLimit?, _ during: String) -> String {
    switch limit {
    case .cpu(let seconds):
      "Stopped after \(seconds) s of processor time\(during): look for a loop that does not end."
    case .wall(let seconds):
      "Stopped after \(seconds) s\(during): it neither returned nor threw."
    case nil: "Stopped\(during): it took too long."
    }
  }

  private static func describe(_ blocker: Verdict.Blocker?, compiler: String?) -> String {
    switch blocker {
    case .file(let path):
      "Not run: \(path) does not compile.\(compiler.map { "\n\($0)" } ?? "")"
    case .unfit(let path):
      "Not run: \(path) cannot be used as it is.\(compiler.map { "\n\($0)" } ?? "")"
    case .function(let name, let path):
      "Not run: `\(name)` in \(path) does not compile.\(compiler.map { "\n\($0)" } ?? "")"
    case .unfitFunction(let name, let path):
      "Not run: `\(name)` in \(path) cannot be used as it is."
        + (compiler.map { "\n\($0)" } ?? "")
    case .missingFile(let path): "Not run: \(path) is not in the archive."
    case .submissionTimeLimit(let seconds):
      "Not run: the tests before it used up the submission's \(seconds) s."
    case nil: "Not run."
    }
  }

  /// The words on the file of a chain's steps.
  private static func describe(stepsIn blocker: Verdict.Blocker) -> String {
    switch blocker {
    case .file(let path): "It calls functions of \(path), which does not compile."
    case .unfit(let path): "It calls functions of \(path), which cannot be used as it is."
    case .function(let name, let path): "It needs `\(name)` in \(path), which does not compile."
    case .unfitFunction(let name, let path):
      "It needs `\(name)` in \(path), which cannot be used as it is."
    case .missingFile(let path): "It calls functions of \(path), which is not in the archive."
    case .submissionTimeLimit: describe(blocker, compiler: nil)
    }
  }
}
