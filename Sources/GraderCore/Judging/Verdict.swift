/// The outcome of a test.
package enum Verdict: Equatable, Sendable {
  /// All points.
  case passed
  /// Some points, as the test awarded them.
  case partial(Points)
  /// A wrong answer.
  case failed
  /// The student's code ended its process.
  case crashed(Crash)
  /// A limit of time ran out.
  case timedOut(TimeLimit)
  /// The limit of memory was reached.
  case outOfMemory(limitMiB: Int)
  /// Something else than the answer came over the worker's channel.
  case badReply(reason: String)
  /// It waits for a person.
  case pending
  /// It could not be tried.
  case notRun(Blocker)
  /// It makes sense only if another test passed, which did not.
  case notJudged(Condition)

  /// The test that another one waits for.
  package struct Condition: Codable, Hashable, Sendable {
    /// The rubric's name for it.
    package var test: String
    /// Its title for people.
    package var title: String

    package init(test: String, title: String) {
      (self.test, self.title) = (test, title)
    }
  }

  /// The end of a process before its time.
  package enum Crash: Codable, Hashable, Sendable {
    /// It called `exit` or something alike.
    case exited(status: Int32)
    /// It trapped or was killed by a signal.
    case signaled(Int32)
    /// It made a system call that the jail forbids.
    case forbiddenSystemCall

    private enum SignaledCodingKeys: String, CodingKey {
      // swift-format-ignore: NoLeadingUnderscores
      case _0 = "signal"
    }
  }

  /// The clock that ran out.
  package enum TimeLimit: Codable, Hashable, Sendable {
    /// The processor's.
    case cpu(seconds: Int)
    /// The wall's.
    case wall(seconds: Int)
  }

  /// The reason that kept a test from running.
  package enum Blocker: Codable, Hashable, Sendable {
    /// The file of its part does not compile.
    case file(String)
    /// The file of its part cannot be used for another reason: a function is not public perhaps.
    case unfit(String)
    /// A function does not compile; others of its file may.
    case function(name: String, path: String)
    /// A function is not as the task declares it: it is not public perhaps.
    case unfitFunction(name: String, path: String)
    /// The file of its part is not in the archive.
    case missingFile(String)
    /// All tests together took too long.
    case submissionTimeLimit(seconds: Int)

    private enum FileCodingKeys: String, CodingKey {
      // swift-format-ignore: NoLeadingUnderscores
      case _0 = "path"
    }

    private enum UnfitCodingKeys: String, CodingKey {
      // swift-format-ignore: NoLeadingUnderscores
      case _0 = "path"
    }

    private enum MissingFileCodingKeys: String, CodingKey {
      // swift-format-ignore: NoLeadingUnderscores
      case _0 = "path"
    }
  }
}

extension Verdict {
  /// A verdict without its details; the raw value is its name in JSON.
  package enum Kind: String, CaseIterable, Codable, Sendable {
    case passed, partial, failed, crashed, timedOut, outOfMemory, badReply, pending, notRun
    case notJudged

    /// True if it waits for a person.
    package var isPending: Bool {
      switch self {
      case .pending: true
      case .passed, .partial, .failed, .crashed, .timedOut, .outOfMemory, .badReply, .notRun,
        .notJudged:
        false
      }
    }

    /// True if points were lost by what was handed in for the test.
    package var isLoss: Bool {
      switch self {
      case .partial, .failed, .crashed, .timedOut, .outOfMemory, .badReply, .notRun: true
      case .passed, .pending, .notJudged: false
      }
    }
  }

  /// The verdict without its details.
  package var kind: Kind {
    switch self {
    case .passed: .passed
    case .partial: .partial
    case .failed: .failed
    case .crashed: .crashed
    case .timedOut: .timedOut
    case .outOfMemory: .outOfMemory
    case .badReply: .badReply
    case .pending: .pending
    case .notRun: .notRun
    case .notJudged: .notJudged
    }
  }

  /// True if the code answered, and not rightly throughout.
  package var isWrongAnswer: Bool {
    switch self {
    case .failed, .partial: true
    case .passed, .crashed, .timedOut, .outOfMemory, .badReply, .pending, .notRun, .notJudged:
      false
    }
  }
}
