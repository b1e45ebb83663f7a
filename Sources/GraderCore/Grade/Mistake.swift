import JudgeEvents

/// A mistake in a test, the same for everybody who made it: without lines, limits and figures,
/// which differ from submission to submission and from seed to seed.
package struct Mistake: Hashable, Sendable {
  /// The verdict; a partly right answer is a wrong one.
  package let status: Verdict.Kind
  /// The facts that are the same for everybody.
  package let facts: Grade.Facts

  /// True if the cause itself was found, and not just the way in which the answer differs.
  package var isNamed: Bool { facts.slip != nil }

  /// The mistake behind a result; grades of early versions tell its kind alone.
  package init(_ result: Grade.TestResult) {
    status = result.status == .partial ? .failed : result.status
    facts = (result.facts ?? Grade.Facts()).withoutParticulars
  }
}

extension Grade.Facts {
  fileprivate var withoutParticulars: Grade.Facts {
    var common = Grade.Facts()
    // The slip's name says all of it.
    if let slip {
      common.slip = slip
      return common
    }
    // Where an answer is wrong and by how much tells a class nothing, unless that is all.
    let telling = findings?.first { if case .wrongValues = $0 { false } else { true } }
    common.findings = (telling ?? findings?.last).map { [$0.withoutFigures] }
    (common.trap, common.function) = (trap, function)
    common.crash = crash?.withoutFigures
    common.timeLimit = timeLimit?.withoutFigures
    common.memoryLimitMiB = memoryLimitMiB.map { _ in 0 }
    // Of a wrong answer it is the function's, wherever somebody put that.
    let isEnd = crash != nil || memoryLimitMiB != nil || blocker != nil
    let end = isEnd ? place : nil
    common.place = end.map { Grade.Place(file: $0.file, line: $0.line.map { _ in 0 }) }
    common.blocker = blocker?.withoutFigures
    return common
  }
}

extension Finding {
  fileprivate var withoutFigures: Finding {
    switch self {
    case .wrongShape(let what, let yours, let expected, _):
      .wrongShape(
        what: what,
        yours: yours.map { $0.map { _ in 0 } },
        expected: expected.map { _ in 0 }
      )
    case .notFinite(let what, _, _, _): .notFinite(what: what, count: 0, of: 0)
    case .wrongValues(let what, _, _, _, _): .wrongValues(what: what, count: 0, of: 0, exponent: 0)
    case .pattern(let what, let pattern, _): .pattern(what: what, pattern)
    case .notImplemented, .threw, .threwAnother, .didNotThrow, .notRepeatable, .differenced,
      .remark:
      self
    }
  }
}

extension Verdict.Crash {
  fileprivate var withoutFigures: Verdict.Crash {
    switch self {
    case .exited: .exited(status: 0)
    case .signaled, .forbiddenSystemCall: self
    }
  }
}

extension Verdict.TimeLimit {
  fileprivate var withoutFigures: Verdict.TimeLimit {
    switch self {
    case .cpu: .cpu(seconds: 0)
    case .wall: .wall(seconds: 0)
    }
  }
}

extension Verdict.Blocker {
  fileprivate var withoutFigures: Verdict.Blocker {
    switch self {
    case .file, .unfit, .function, .unfitFunction, .missingFile: self
    case .submissionTimeLimit: .submissionTimeLimit(seconds: 0)
    }
  }
}
