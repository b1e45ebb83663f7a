package import JudgeEvents

/// The verdict on one test, and what may be said about it.
package struct Judgement: Equatable, Sendable {
  /// The verdict.
  package var verdict: Verdict
  /// The findings that the student may be told.
  package var findings: [Finding]
  /// The slip behind a wrong answer, as a clause, if there is only one that explains it.
  package var slip: String?
  /// Issues that only staff may read.
  package var issues: [String]
  /// The function in which the worker ended, if it did.
  package var function: String?
  /// The trap of the worker, if it met one.
  package var trap: Trap?
  /// The answers of a chain that are not known to be right.
  package var chains: [ChainAnswers] = []
  /// The answers of the student's own steps, put together in its place.
  package var compositions: [Composition] = []
  /// The chain with the solution's functions in the place of the steps that lost points.
  package var standIn = StandIn.untried(because: "nobody tried")
  /// The test with the solution's functions in the place of those that it builds on and that lost
  /// points; nil if there are none, or nobody tried.
  package var excuse: StandIn?
  /// The end of a chain that has points for its steps all the same.
  package var crash: Verdict.Crash?
  /// The file that such a chain could not go on without.
  package var blocker: Verdict.Blocker?
  /// The limit that ended such a chain.
  package var timeLimit: Verdict.TimeLimit?
  /// The limit of memory, in MiB, that ended such a chain.
  package var memoryLimitMiB: Int?
  /// The points that those steps earned, where they earned anything.
  package var carried: CarriedShare?
  /// The search for a small input on which it is wrong; nil where there was none.
  package var search: ExampleSearch?
  /// The answers of the student's code, call by call.
  package var replies: [JudgeEvent.Reply] = []

  /// The outcome of a chain's test where the solution stands in for steps of the student's.
  package enum StandIn: Equatable, Sendable {
    /// The chain is right then.
    case right
    /// It has some of its points then, as its test awards them.
    case partly(Points)
    /// It is wrong all the same.
    case wrong
    /// No function but its own lost points.
    case alone
    /// That cannot be said.
    case untried(because: String)
  }

  package init(
    verdict: Verdict,
    findings: [Finding] = [],
    issues: [String] = [],
    function: String? = nil,
    trap: Trap? = nil
  ) {
    self.verdict = verdict
    self.findings = findings
    self.issues = issues
    self.function = function
    self.trap = trap
  }

  /// Keeps what staff may read, made printable and cut: a worker can have chosen every word of it.
  fileprivate mutating func add(_ texts: [String]) {
    issues += texts.prefix(Self.mostIssues).map { Printable.block($0, longest: Self.longestIssue) }
    let rest = texts.count - Self.mostIssues
    if rest > 0 { issues.append("(\(rest) more were not kept)") }
  }

  /// The most issues of one test, and the longest in characters.
  private static let (mostIssues, longestIssue) = (20, 2_000)

  /// The findings that the student is told: three say enough of what is wrong with an answer, but
  /// not of why, so a pattern comes after them.
  package var told: [Finding] {
    let pattern = findings.dropFirst(3).first { if case .pattern = $0 { true } else { false } }
    return findings.prefix(3) + (pattern.map { [$0] } ?? [])
  }
}

/// The points that the student's own steps earned, for a chain that is right for them.
package struct CarriedShare: Codable, Hashable, Sendable {
  /// Their points.
  package var earned: Points
  /// The points they are worth.
  package var of: Points

  /// So many points of so many.
  package init(earned: Points, of: Points) {
    (self.earned, self.of) = (earned, of)
  }
}

/// The reason why a run of a test tells nothing about the student: the grader's or the course's own
/// fault.
package enum JudgeFault: Error, Equatable, Sendable {
  /// The hidden test never finished although the worker lived: its process ended so.
  case noFinish(judge: String)
  /// Another test finished than the one that was asked for, or more than one.
  case wrongTests(finished: [String])
}

extension TestRecord {
  /// Folds what happened into a verdict on the test.
  ///
  /// - Parameters:
  ///   - method: The test's `Class/method`.
  ///   - replaced: Files that the handout's stubs stand in for.
  ///   - ownWords: The words that the student may be told of those that the worker said.
  /// - Returns: The verdict, and what may be said about it.
  /// - Throws: `JudgeFault` when nothing can be said about the student.
  package func judgement(
    of method: String,
    replaced: [ReplacedFile],
    ownWords: OwnWords = OwnWords()
  ) throws(JudgeFault) -> Judgement {
    let succeeded = try finish(of: method)
    let words = ownWords.adding(replaced.flatMap(\.functions))
    var judgement = Judgement(verdict: .passed, trap: trap)
    var awarded: Points?
    var spoiled: Verdict?
    var (issues, flags): ([String], [String]) = ([], [])
    for event in events {
      switch event {
      case .told(let finding): judgement.findings.append(finding.told(within: words))
      case .issue(let text): issues.append(text)
      case .awarded(let hundredths): awarded = Points(hundredths: hundredths)
      case .workerEnded(let function):
        judgement.function = judgement.function ?? function
        spoiled = spoiled ?? workerVerdict
      case .badReply(let function, let reason):
        judgement.function = judgement.function ?? function
        spoiled = spoiled ?? .badReply(reason: Printable.line(reason))
      case .replied(let reply): judgement.replies.append(reply)
      case .chain(let chain): judgement.chains.append(chain)
      case .flagged(let text): flags.append("flag: \(text)")
      case .composed, .searched, .started, .finished: break
      }
    }
    // Each has room of its own: no number of issues hides a flag.
    judgement.add(issues)
    judgement.add(flags)
    // An answer that never came is no right answer, whatever the test made of it.
    if let spoiled {
      judgement.verdict = spoiled
    } else if succeeded {
      judgement.verdict = .passed
    } else if let file = replaced.first(where: { $0.isMet(in: judgement.findings) }) {
      judgement.verdict = .notRun(file.blocker)
    } else if let awarded, awarded > .zero {
      judgement.verdict = .partial(awarded)
    } else {
      judgement.verdict = .failed
    }
    return judgement
  }

  /// A test that was asked for finishes once, and no other does.
  private func finish(of method: String) throws(JudgeFault) -> Bool {
    let wanted = method.replacing("/", with: ".")
    var finished: [(test: String, succeeded: Bool)] = []
    for case .finished(let test, let succeeded) in events { finished.append((test, succeeded)) }
    guard let only = finished.first else { throw .noFinish(judge: "\(judge)") }
    guard finished.count == 1, only.test == wanted else {
      throw .wrongTests(finished: finished.map(\.test))
    }
    return only.succeeded
  }

  /// The verdict by the worker's own end, once the judge has seen it hang up.
  private var workerVerdict: Verdict {
    switch worker {
    case .stoppedAtDeadline: return .timedOut(.wall(seconds: limits.testWallSeconds))
    case .exited(let status): return .crashed(.exited(status: status))
    // It closed its channel and went on.
    case .dismissed: return .badReply(reason: "it closed the channel")
    case .signaled(let signal):
      let isUsedUp = RunFacts.isUsedUp(limits.testCPUSeconds, by: usage.cpuSeconds)
      if signal == Signal.cpu || (signal == Signal.kill && isUsedUp) {
        return .timedOut(.cpu(seconds: limits.testCPUSeconds))
      }
      if signal == Signal.system { return .crashed(.forbiddenSystemCall) }
      if ranOutOfMemory { return .outOfMemory(limitMiB: limits.testMemoryMiB) }
      return .crashed(.signaled(signal))
    }
  }

  private var ranOutOfMemory: Bool {
    if trap?.outOfMemory == true { return true }
    return usage.peakMemoryBytes >= limits.testMemoryMiB << 20 / 10 * 9
  }
}

/// Numbers of Linux's signals on all architectures that Swift runs on.
enum Signal {
  static let kill: Int32 = 9
  static let cpu: Int32 = 24
  static let system: Int32 = 31

  static func name(_ number: Int32) -> String {
    switch number {
    case 4: "illegal instruction"
    case 5: "trap"
    case 6: "abort"
    case 7: "bus error"
    case 8: "arithmetic exception"
    case 9: "killed"
    case 11: "segmentation fault"
    default: "signal \(number)"
    }
  }
}

/// A file of the student's that the handout's stub stands in for.
package struct ReplacedFile: Equatable, Sendable {
  /// Its path in the hand-in.
  package var path: String
  /// True if it is not there at all.
  package var isMissing: Bool
  /// True if it is there and cannot be used for another reason than an error in it.
  package var isUnfit: Bool
  /// The names of the functions that the stub declares.
  package var functions: [String]
  /// The only function that the stub stands in for, where others of the file are used.
  package var function: String?

  package init(
    path: String,
    isMissing: Bool,
    isUnfit: Bool = false,
    functions: [String],
    function: String? = nil
  ) {
    self.path = path
    self.isMissing = isMissing
    self.isUnfit = isUnfit
    self.functions = functions
    self.function = function
  }

  /// The reason it gives for a test that cannot run.
  var blocker: Verdict.Blocker {
    if let function {
      return isUnfit
        ? .unfitFunction(name: function, path: path) : .function(name: function, path: path)
    }
    return isMissing ? .missingFile(path) : isUnfit ? .unfit(path) : .file(path)
  }

  /// Tells whether a call ended in this file's stub, where the student's code would have gone on.
  func isMet(in findings: [Finding]) -> Bool {
    findings.contains { finding in
      guard case .notImplemented(_, let stub) = finding else { return false }
      return functions.contains(SignatureText(of: stub).name)
    }
  }
}

/// A test of the rubric and the judgement on it, before anybody puts it into words.
package struct JudgedTest: Sendable {
  /// The test.
  package var test: Assignment.Test
  /// The judgement.
  package var judgement: Judgement
  /// The last of what the student's code printed, made harmless; empty if it printed nothing.
  package var output: String
  /// The time and memory that the worker used; nil if it did not run.
  package var usage: TestRecord.Usage?

  package init(
    _ test: Assignment.Test,
    _ judgement: Judgement,
    output: String = "",
    usage: TestRecord.Usage? = nil
  ) {
    (self.test, self.judgement, self.output, self.usage) = (test, judgement, output, usage)
  }
}
