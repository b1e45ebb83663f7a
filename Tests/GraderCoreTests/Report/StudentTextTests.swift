import GraderCore
import JudgeEvents
import Testing

/// Facts and the exact sentences that students read.
@Suite struct StudentTextTests {
  private static let sentences: [(Finding, String)] = [
    (
      .notImplemented(function: "mean", stub: "mean(_:)"),
      "mean still throws NotImplemented."
    ),
    (
      .notImplemented(function: "chain", stub: "step(x:mean:)"),
      "chain still throws NotImplemented because step does."
    ),
    (.threw(function: "mean", error: "Mine()"), "mean threw Mine() where it should return."),
    (
      .threw(function: "mean", error: "mean: shapes [2, 3] and [2] do not fit together"),
      "mean threw ShapeMismatch (shapes [2, 3] and [2] do not fit together) where it should return."
    ),
    (
      .threwAnother(
        function: "mean",
        error: "matmul: shapes [2, 3] and [2] do not fit together",
        expected: "BatchTooSmall"
      ),
      "mean threw ShapeMismatch (matmul: shapes [2, 3] and [2] do not fit together) "
        + "where it should throw BatchTooSmall."
    ),
    (
      .threw(function: "mean", error: "\u{1B}[2J\n\u{202E}"),
      #"mean threw \u{1b}[2J\u{a}\u{202e} where it should return."#
    ),
    (
      .threwAnother(function: "mean", error: "Mine", expected: "BatchTooSmall"),
      "mean threw Mine where it should throw BatchTooSmall."
    ),
    (
      .threwAnother(function: "mean", error: "BatchTooSmall", expected: "BatchTooSmall"),
      "mean threw a type of your own called BatchTooSmall, not CourseKit's."
    ),
    (
      .didNotThrow(function: "mean", expected: "BatchTooSmall"),
      "mean should have thrown BatchTooSmall."
    ),
    (
      .wrongShape(what: "dX", yours: [3], expected: [2, 3]), "dX has shape [3], expected [2, 3]."
    ),
    (.wrongShape(what: "loss", yours: [], expected: [1]), "loss has shape [], expected [1]."),
    (.wrongShape(what: "dX", yours: nil, expected: [2, 3]), "dX does not have shape [2, 3]."),
    (.notFinite(what: "dX", count: 2, of: 6), "dX: 2 of 6 entries are NaN or infinite."),
    (
      .wrongValues(what: "dX", count: 2, of: 6, exponent: -2),
      "dX is wrong at 2 of 6 entries; relative error about 1e-2."
    ),
    (
      .wrongValues(what: "dX", count: 256, of: 784, exponent: nil),
      "dX is wrong at 256 or more of 784 entries."
    ),
    (
      .notFinite(what: "dX", count: 784, of: 784),
      "dX: 784 of 784 entries are NaN or infinite."
    ),
    (
      .wrongValues(what: "The loss", count: 1, of: 1, exponent: 3),
      "The loss is wrong; relative error about 1e3."
    ),
    (
      .notRepeatable(function: "mean"),
      "mean gave another answer when asked the same again: an answer may depend on the arguments "
        + "alone, not on earlier calls or on chance."
    ),
    (
      .differenced(function: "chain"),
      "chain is nearly right, with the errors of finite differences; the task asks for the "
        + "derivative by hand."
    ),
    (.pattern(what: "dX", .zero), "Every entry of dX is zero."),
    (.pattern(what: "dW", .transposed), "dW has rows and columns exchanged."),
    (.pattern(what: "dX", .factor("1/n")), "Every entry of dX is 1/n times the right one."),
    (
      .pattern(what: "dX", .constantOverRows),
      "In each column of dX the error is the same for every row, as if a term that is constant "
        + "over the batch, the mean's path, were off."
    ),
    (
      .pattern(what: "dX", .along("xHat")),
      "In each column of dX the error is proportional to xHat, as if the path through the "
        + "variance were off."
    ),
    (.remark("Mind the ε."), "Mind the ε."),
  ]

  @Test(arguments: sentences)
  func sentence(finding: Finding, sentence: String) {
    #expect(StudentText.sentence(finding) == sentence)
  }

  @Test func notJudged() {
    let condition = Verdict.Condition(test: "mean", title: "Mean of each feature")
    #expect(
      message(Judgement(verdict: .notJudged(condition)))
        == "Not judged, since “Mean of each feature” did not pass."
    )
    #expect(StudentText.message(.notJudged, Grade.Facts()) == "Not judged.")
  }

  /// Only of what is there can be said that it does not compile.
  @Test(
    arguments: [
      (
        [.missing, .missing],
        "Nothing could be graded: none of the files of code that are asked for is in the archive. "
          + "Put `0.swift` and `1.swift` into it under exactly these names."
      ),
      (
        [.blocked, .missing],
        "Nothing could be graded: no part of the code that is in the archive compiles. Run `swift "
          + "build` in the assignment's folder and mend what it reports. Not in the archive: "
          + "`1.swift`."
      ),
      (
        [.blocked, .blocked],
        "Nothing could be graded: no part of the code compiles. Run `swift build` in the "
          + "assignment's folder and mend what it reports."
      ),
    ] as [([Grade.PartStatus], String)]
  )
  func nothingBuilds(parts: [Grade.PartStatus], message: String) {
    let build = Grade.BuildRecord(
      status: .failed,
      parts: parts.enumerated().map { number, status in
        Grade.PartRecord(name: "\(number)", file: "\(number).swift", status: status, message: "")
      },
      diagnostics: ""
    )
    #expect(StudentText.message(build, leftOut: []) == message)
    #expect(
      StudentText.message(build, leftOut: [("h.swift", "h.swift: error: e")])
        == message + "\nh.swift was left out. h.swift: error: e"
    )
  }

  /// Where the slip is told, no cause is guessed that may be another.
  @Test func aPatternGuessesNoCauseBesideASlip() {
    var judgement = Judgement(
      verdict: .failed,
      findings: [.pattern(what: "dX", .along("x̂"), trials: Trials(wrong: 9, of: 9))]
    )
    judgement.slip = "gamma is missing"
    #expect(
      message(judgement)
        == "In each column of dX the error is proportional to x̂ in all 9 trials. "
        + "It looks as if gamma is missing."
    )
  }

  /// A judgement, and what is said about it.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String { message }
    var verdict: Verdict
    var function: String?
    var trap: Trap?
    var reason: String?
    var message: String

    init(
      _ verdict: Verdict,
      in function: String? = nil,
      trap: Trap? = nil,
      reason: String? = nil,
      _ message: String
    ) {
      (self.verdict, self.function, self.trap) = (verdict, function, trap)
      (self.reason, self.message) = (reason, message)
    }
  }

  private static let trap = Trap(kind: "Index out of range", file: "Sources/A/F.swift", line: 42)

  @Test(arguments: [
    Case(.passed, ""),
    Case(.failed, "The answer is wrong."),
    Case(.pending, "Waits for a person to mark it."),
    Case(
      .crashed(.exited(status: 3)),
      in: "mean",
      "Your code ended the program (exit status 3) in mean: a function must return or throw."
    ),
    Case(
      .crashed(.forbiddenSystemCall),
      in: "mean",
      "Your code tried something that a solution may not do (files, network, processes) in mean, "
        + "and was stopped."
    ),
    Case(
      .crashed(.signaled(4)),
      in: "mean",
      trap: trap,
      "Index out of range at Sources/A/F.swift:42 in mean."
    ),
    Case(
      .crashed(.signaled(4)),
      in: "mean",
      trap: Trap(kind: nil, file: "F.swift", line: nil),
      "Crashed (illegal instruction) at F.swift in mean."
    ),
    Case(.crashed(.signaled(11)), in: "mean", "Crashed (segmentation fault) in mean."),
    Case(.crashed(.signaled(9)), "Crashed (killed)."),
    Case(.crashed(.signaled(64)), in: "mean", "Crashed (signal 64) in mean."),
    Case(
      .crashed(.signaled(4)),
      in: "mean",
      trap: Trap(kind: "Fatal error", file: nil, line: nil),
      "Fatal error in mean."
    ),
    Case(
      .timedOut(.cpu(seconds: 5)),
      in: "mean",
      "Stopped after 5 s of processor time in mean: look for a loop that does not end."
    ),
    Case(
      .timedOut(.wall(seconds: 10)),
      in: "mean",
      "Stopped after 10 s in mean: it neither returned nor threw."
    ),
    Case(
      .outOfMemory(limitMiB: 512),
      in: "mean",
      trap: trap,
      "Needed more than 512 MiB of memory in mean at Sources/A/F.swift:42."
    ),
    Case(.outOfMemory(limitMiB: 512), in: "mean", "Needed more than 512 MiB of memory in mean."),
    Case(
      .badReply(reason: "17 bytes"),
      in: "mean",
      "Something other than the result arrived from your code in mean: "
        + "a solution must not write to open file descriptors."
    ),
    Case(
      .notRun(.file("F.swift")),
      reason: "F.swift:1:2: error: no",
      "Not run: F.swift does not compile.\nF.swift:1:2: error: no"
    ),
    Case(.notRun(.file("F.swift")), "Not run: F.swift does not compile."),
    Case(
      .notRun(.unfit("F.swift")),
      reason: "F.swift: error: expected `public func f()`",
      "Not run: F.swift cannot be used as it is.\nF.swift: error: expected `public func f()`"
    ),
    Case(
      .notRun(.missingFile("F.swift")),
      reason: "x",
      "Not run: F.swift is not in the archive."
    ),
    Case(
      .notRun(.submissionTimeLimit(seconds: 120)),
      "Not run: the tests before it used up the submission's 120 s."
    ),
  ])
  func message(wanted: Case) {
    let judgement = Judgement(
      verdict: wanted.verdict,
      function: wanted.function,
      trap: wanted.trap
    )
    #expect(message(judgement, wanted.reason) == wanted.message)
  }

  private func message(_ judgement: Judgement, _ compiler: String? = nil) -> String {
    StudentText.message(judgement.verdict.kind, Grade.Facts(judgement), compiler: compiler)
  }

  /// Of a grade without facts, which an earlier version made, the kind is left to tell.
  @Test(arguments: [
    (Verdict.Kind.passed, ""), (.partial, "The answer is wrong."),
    (.failed, "The answer is wrong."), (.crashed, "Crashed."),
    (.timedOut, "Stopped: it took too long."), (.outOfMemory, "Needed too much memory."),
    (.pending, "Waits for a person to mark it."), (.notRun, "Not run."),
  ])
  func withoutFacts(status: Verdict.Kind, message: String) {
    #expect(StudentText.message(status, Grade.Facts()) == message)
  }

  /// Issues that a hidden test recorded never reach the student, and three findings are enough.
  @Test func onlyFindingsAreTold() {
    let judgement = Judgement(
      verdict: .failed,
      findings: (1...5).map { .remark("Finding \($0).") },
      issues: ["expected 3.14"]
    )
    #expect(
      message(judgement) == "Finding 1. Finding 2. Finding 3."
    )
    let partial = Judgement(verdict: .partial(Points(hundredths: 5)), findings: [.remark("So.")])
    #expect(message(partial) == "So.")
  }

  /// The reason why an answer is wrong is told however much of it is.
  @Test func aPatternAndTheSlipAreToldAfterManyFindings() {
    var judgement = Judgement(
      verdict: .failed,
      findings: (1...4).map { .remark("Finding \($0).") } + [
        .pattern(what: "dX", .zero), .pattern(what: "dW", .transposed),
      ]
    )
    judgement.slip = "dX is missing"
    #expect(
      message(judgement)
        == "Finding 1. Finding 2. Finding 3. Every entry of dX is zero. "
        + "It looks as if dX is missing."
    )
    judgement.findings = []
    #expect(message(judgement) == "It looks as if dX is missing.")
  }
}
