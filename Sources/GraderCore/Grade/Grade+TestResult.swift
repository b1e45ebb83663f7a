package import JudgeEvents

extension Grade {
  /// One row of the rubric.
  package struct TestResult: Codable, Equatable, Sendable {
    /// The rubric's name for it.
    package var id: String
    /// Its title for people.
    package var title: String
    /// The part of the assignment whose function it calls; absent where a person marks, and in
    /// grades of versions that did not say it.
    package var part: String?
    /// The verdict.
    package var status: Verdict.Kind
    /// Its points.
    package var score: Points
    /// The points it is worth.
    package var maxScore: Points
    /// The audience of the result.
    package var visibility: Assignment.Visibility
    /// The facts that the message is made of; absent where there is nothing to tell, and in grades
    /// of versions before 0.2.
    package var facts: Facts?
    /// The words that the student may read.
    package var message: String
    /// The words that only staff may read; absent in the student's view.
    package var staffMessage: String?
    /// The time and memory that its worker used; absent if it did not run, and in the student's
    /// view.
    package var usage: TestRecord.Usage?

    package init(
      id: String,
      title: String,
      part: String? = nil,
      status: Verdict.Kind,
      score: Points,
      maxScore: Points,
      visibility: Assignment.Visibility,
      facts: Facts? = nil,
      message: String,
      staffMessage: String?,
      usage: TestRecord.Usage?
    ) {
      self.id = id
      self.title = title
      self.part = part
      self.status = status
      self.score = score
      self.maxScore = maxScore
      self.visibility = visibility
      self.facts = facts
      self.message = message
      self.staffMessage = staffMessage
      self.usage = usage
    }
  }
}

extension Grade {
  /// The facts behind a result, from which its words are made; what does not apply is absent.
  ///
  /// `carried` alone is for staff, and not in the student's view: steps can be hidden.
  package struct Facts: Codable, Hashable, Sendable {
    /// The findings that the student is told of a wrong answer, in this order.
    package var findings: [Finding]?
    /// The slip behind a wrong answer, as a clause.
    package var slip: String?
    /// The points that the student's own steps earned, where a chain is right for them; absent in
    /// the student's view, since steps can be hidden.
    package var carried: CarriedShare?
    /// The way in which the code ended its process.
    package var crash: Verdict.Crash?
    /// The compiler's name for a trap, such as `Index out of range`.
    package var trap: String?
    /// The limit of time that ran out.
    package var timeLimit: Verdict.TimeLimit?
    /// The limit of memory that was reached.
    package var memoryLimitMiB: Int?
    /// The student's function that was called when the worker ended.
    package var function: String?
    /// The place in the student's files where it happened.
    package var place: Place?
    /// The reason that kept the test, or a step of it, from running.
    package var blocker: Verdict.Blocker?
    /// The test without which this one is not judged.
    package var condition: Verdict.Condition?
    /// The search for a small input on which the function is wrong.
    package var search: ExampleSearch?

    /// No facts.
    package init() {}

    /// The facts of a judgement that a student may know.
    package init(_ judgement: Judgement) {
      switch judgement.verdict {
      case .passed, .pending: break
      case .partial, .failed:
        findings = judgement.told.isEmpty ? nil : judgement.told
        slip = judgement.slip
        carried = judgement.carried
        blocker = judgement.blocker
        (timeLimit, memoryLimitMiB) = (judgement.timeLimit, judgement.memoryLimitMiB)
        if timeLimit != nil || memoryLimitMiB != nil { function = judgement.function }
        if let crash = judgement.crash { tell(crash, of: judgement) }
      case .crashed(let crash): tell(crash, of: judgement)
      case .timedOut(let limit): (timeLimit, function) = (limit, judgement.function)
      case .outOfMemory(let limit):
        (memoryLimitMiB, function) = (limit, judgement.function)
        place = judgement.trap.flatMap(Place.init)
      case .badReply: function = judgement.function
      case .notRun(let blocker): self.blocker = blocker
      case .notJudged(let condition): self.condition = condition
      }
      search = judgement.search
    }

    private mutating func tell(_ crash: Verdict.Crash, of judgement: Judgement) {
      (self.crash, function) = (crash, judgement.function)
      guard case .signaled = crash else { return }
      trap = judgement.trap?.kind
      place = judgement.trap.flatMap(Place.init)
    }
  }

  /// A place in the student's files.
  package struct Place: Codable, Hashable, Sendable, CustomStringConvertible {
    /// The file's path in the hand-in.
    package var file: String
    /// The line, from 1; absent if it is not known.
    package var line: Int?

    /// The place as compilers write it.
    package var description: String { line.map { "\(file):\($0)" } ?? file }

    /// This place.
    package init(file: String, line: Int?) {
      (self.file, self.line) = (file, line)
    }

    /// The place of a trap; nil if that is not known.
    init?(_ trap: Trap) {
      guard let file = trap.file else { return nil }
      self.init(file: file, line: trap.line)
    }
  }
}

extension Grade.BuildRecord {
  /// The reason that keeps a test from running, if its part's file cannot be used.
  package func blocker(of test: Assignment.Test) -> Verdict.Blocker? {
    guard let part = parts.first(where: { $0.name == test.part }) else { return nil }
    return switch part.status {
    case .built, .partial: nil
    case .blocked: part.isUnfit == true ? .unfit(part.file) : .file(part.file)
    case .missing: .missingFile(part.file)
    }
  }

  /// The file of a test's part.
  package func file(of test: Assignment.Test) -> String {
    parts.first { $0.name == test.part }?.file ?? test.part
  }
}
