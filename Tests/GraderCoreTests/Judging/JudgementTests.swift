import GraderCore
import JudgeEvents
import Testing

/// The events of a run, folded into one verdict.
@Suite struct JudgementTests {
  private static let method = "Tests/testMean"
  private static let finished = JudgeEvent.finished(test: "Tests.testMean", succeeded: false)
  private static let wrong = JudgeEvent.told(.remark("Wrong."))
  private static let ended = JudgeEvent.workerEnded(function: "mean")

  /// A run, and its verdict.
  struct Run: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var verdict: Verdict
    var events: [JudgeEvent]
    var worker: TestRecord.End
    var cpuSeconds: Double
    var peakMemoryMiB: Int
    var trap: Trap?
    var replaced: [ReplacedFile]

    init(
      _ description: String,
      _ verdict: Verdict,
      _ events: JudgeEvent...,
      worker: TestRecord.End = .dismissed,
      cpuSeconds: Double = 0.01,
      peakMemoryMiB: Int = 10,
      trap: Trap? = nil,
      replaced: [ReplacedFile] = []
    ) {
      testDescription = description
      (self.verdict, self.events, self.worker) = (verdict, events, worker)
      (self.cpuSeconds, self.peakMemoryMiB) = (cpuSeconds, peakMemoryMiB)
      (self.trap, self.replaced) = (trap, replaced)
    }

    var record: TestRecord {
      TestRecord(
        events: events,
        worker: worker,
        judge: .exited(0),
        usage: TestRecord.Usage(
          cpuSeconds: cpuSeconds,
          wallSeconds: 1,
          peakMemoryBytes: peakMemoryMiB << 20
        ),
        trap: trap,
        output: "",
        limits: GradingLimits()
      )
    }
  }

  private static let stub = ReplacedFile(
    path: "Steps.swift",
    isMissing: false,
    functions: ["step", "other"]
  )
  private static let missing = ReplacedFile(
    path: "Steps.swift",
    isMissing: true,
    functions: ["step"]
  )
  private static let endOfMemory = Trap(kind: nil, file: nil, line: nil, outOfMemory: true)

  @Test(arguments: [
    Run("success", .passed, .started(test: "Tests.testMean"), success),
    Run("success with points of its own", .passed, .awarded(hundredths: 50), success),
    Run("a wrong answer", .failed, wrong, finished),
    Run("a wrong answer without a word", .failed, finished),
    Run(
      "partial points",
      .partial(Points(hundredths: 50)),
      wrong,
      .awarded(hundredths: 50),
      finished
    ),
    Run(
      "the last of partial points",
      .partial(Points(hundredths: 70)),
      .awarded(hundredths: 50),
      .awarded(hundredths: 70),
      finished
    ),
    Run("no partial points", .failed, .awarded(hundredths: 0), finished),
    Run("negative partial points", .failed, .awarded(hundredths: -5), finished),

    Run("exit", .crashed(.exited(status: 0)), ended, finished, worker: .exited(0)),
    Run(
      "exit in a test that succeeds all the same",
      .crashed(.exited(status: 0)),
      ended,
      success,
      worker: .exited(0)
    ),
    Run(
      "nonsense in a test that succeeds all the same",
      .badReply(reason: "17 bytes too many"),
      .badReply(function: "mean", reason: "17 bytes too many"),
      success
    ),
    Run(
      "exit after partial points",
      .crashed(.exited(status: 3)),
      .awarded(hundredths: 50),
      ended,
      finished,
      worker: .exited(3)
    ),
    Run("a trap", .crashed(.signaled(4)), ended, finished, worker: .signaled(4)),
    Run("a forbidden call", .crashed(.forbiddenSystemCall), ended, finished, worker: .signaled(31)),
    Run(
      "the processor's limit",
      .timedOut(.cpu(seconds: 5)),
      ended,
      finished,
      worker: .signaled(24)
    ),
    Run(
      "the processor's hard limit",
      .timedOut(.cpu(seconds: 5)),
      ended,
      finished,
      worker: .signaled(9),
      cpuSeconds: 4.95
    ),
    Run(
      "killed for another reason",
      .crashed(.signaled(9)),
      ended,
      finished,
      worker: .signaled(9),
      cpuSeconds: 4
    ),
    Run(
      "the wall's limit",
      .timedOut(.wall(seconds: 10)),
      ended,
      finished,
      worker: .stoppedAtDeadline
    ),
    Run(
      "memory, by the allocator's word",
      .outOfMemory(limitMiB: 512),
      ended,
      finished,
      worker: .signaled(6),
      trap: endOfMemory
    ),
    Run(
      "memory, by its use",
      .outOfMemory(limitMiB: 512),
      ended,
      finished,
      worker: .signaled(11),
      peakMemoryMiB: 470
    ),
    Run(
      "a trap with much memory",
      .crashed(.signaled(11)),
      ended,
      finished,
      worker: .signaled(11),
      peakMemoryMiB: 450
    ),
    Run(
      "exit with much memory",
      .crashed(.exited(status: 1)),
      ended,
      finished,
      worker: .exited(1),
      peakMemoryMiB: 500
    ),
    Run(
      "a closed channel",
      .badReply(reason: "it closed the channel"),
      ended,
      finished,
      worker: .dismissed
    ),
    Run(
      "nonsense",
      .badReply(reason: "17 bytes too many"),
      .badReply(function: "mean", reason: "17 bytes too many"),
      finished
    ),
    Run(
      "nonsense, then the end",
      .badReply(reason: "first"),
      .badReply(function: "mean", reason: "first"),
      ended,
      finished,
      worker: .exited(0)
    ),

    Run(
      "a stub in the place of a file",
      .notRun(.file("Steps.swift")),
      .told(.notImplemented(function: "chain", stub: "step(x:)")),
      finished,
      replaced: [stub]
    ),
    Run(
      "a stub in the place of a missing file",
      .notRun(.missingFile("Steps.swift")),
      .told(.notImplemented(function: "chain", stub: "step(x:)")),
      finished,
      replaced: [missing]
    ),
    Run(
      "a stub of the student's own",
      .failed,
      .told(.notImplemented(function: "chain", stub: "mine(x:)")),
      finished,
      replaced: [stub]
    ),
    Run("a wrong answer beside a stub", .failed, wrong, finished, replaced: [stub]),
    Run(
      "a crash behind a stub",
      .crashed(.signaled(4)),
      .told(.notImplemented(function: "chain", stub: "step(x:)")),
      ended,
      finished,
      worker: .signaled(4),
      replaced: [stub]
    ),
  ])
  func verdict(run: Run) throws {
    let judgement = try run.record.judgement(of: Self.method, replaced: run.replaced)
    #expect(judgement.verdict == run.verdict)
  }

  /// Whatever a worker says, nothing of it steers a terminal or fills a grade.
  @Test func wordsOfAWorkerArePrintableAndShort() throws {
    let evil = "\u{1B}[31m\u{202E}\u{200B}\u{2028}"
    let long = evil + String(repeating: "x", count: 100_000)
    var run = Run(
      "words",
      .failed,
      .told(.threw(function: "mean", error: long)),
      .told(.threwAnother(function: "mean", error: long, expected: "BatchTooSmall")),
      .told(.notImplemented(function: "mean", stub: long)),
      .flagged(long),
      Self.finished
    )
    run.events.insert(contentsOf: Array(repeating: .issue(long), count: 1_000), at: 0)
    let judgement = try run.record.judgement(of: Self.method, replaced: [])
    let words = judgement.issues
    #expect(
      judgement.findings == [
        .threw(function: "mean", error: "an error"),
        .threwAnother(function: "mean", error: "an error", expected: "BatchTooSmall"),
        .notImplemented(function: "mean", stub: "mean"),
      ]
    )
    #expect(judgement.issues.count == 22)
    #expect(judgement.issues[20] == "(980 more were not kept)")
    #expect(judgement.issues[21].hasPrefix("flag: "))
    for word in words where !word.hasPrefix("(980") {
      #expect(word.hasPrefix(Printable.line(evil)) || word.hasPrefix("flag: "))
      #expect(!word.unicodeScalars.contains { evil.unicodeScalars.contains($0) && $0.value > 127 })
    }
    #expect(words.map(\.count).reduce(0, +) < 50_000)
  }

  private static let success = JudgeEvent.finished(test: "Tests.testMean", succeeded: true)

  @Test func whatIsSaidIsKeptApart() throws {
    let reply = JudgeEvent.Reply(function: "mean", values: [1, 2], error: nil)
    let chain = ChainAnswers(question: 0, draws: [[.init(shape: [1], values: [1])]])
    let run = Run(
      "",
      .failed,
      .started(test: "Tests.testMean"),
      .issue("hidden 3.14"),
      Self.wrong,
      .replied(reply),
      .chain(chain),
      .flagged("odd"),
      .told(.remark("Again.")),
      .workerEnded(function: "mean"),
      .workerEnded(function: "later"),
      Self.finished,
      worker: .exited(0)
    )
    let judgement = try run.record.judgement(of: Self.method, replaced: [])
    #expect(judgement.findings == [.remark("Wrong."), .remark("Again.")])
    #expect(judgement.issues == ["hidden 3.14", "flag: odd"])
    #expect(judgement.function == "mean")
    #expect(judgement.chains == [chain])
    #expect(judgement.replies == [reply])
  }

  /// Nothing is said about the student when the judge itself went wrong.
  @Test(arguments: [
    (events: [JudgeEvent](), fault: JudgeFault.noFinish(judge: "exited(0)")),
    (events: [.started(test: "Tests.testMean"), ended], fault: .noFinish(judge: "exited(0)")),
    (
      events: [.finished(test: "Tests.testOther", succeeded: true)],
      fault: .wrongTests(finished: ["Tests.testOther"])
    ),
    (
      events: [success, success],
      fault: .wrongTests(finished: ["Tests.testMean", "Tests.testMean"])
    ),
    (
      events: [success, .finished(test: "Tests.testOther", succeeded: true)],
      fault: .wrongTests(finished: ["Tests.testMean", "Tests.testOther"])
    ),
  ])
  func fault(events: [JudgeEvent], fault: JudgeFault) {
    var record = Run("", .passed).record
    record.events = events
    #expect(throws: fault) { try record.judgement(of: Self.method, replaced: []) }
  }

  @Test(arguments: [
    (Verdict.passed, 300), (.partial(Points(hundredths: 120)), 120),
    (.partial(Points(hundredths: 900)), 300), (.partial(Points(hundredths: -1)), 0), (.failed, 0),
    (.crashed(.signaled(4)), 0), (.timedOut(.cpu(seconds: 1)), 0), (.outOfMemory(limitMiB: 1), 0),
    (.badReply(reason: ""), 0), (.pending, 0), (.notRun(.file("x")), 0),
  ])
  func score(verdict: Verdict, hundredths: Int) {
    #expect(verdict.score(of: Points(hundredths: 300)) == Points(hundredths: hundredths))
  }

  /// Only what was answered and is not right throughout can be explained by a slip.
  @Test(arguments: [
    (Verdict.failed, true), (.partial(Points(hundredths: 120)), true), (.passed, false),
    (.crashed(.exited(status: 0)), false), (.timedOut(.wall(seconds: 1)), false),
  ])
  func isWrongAnswer(verdict: Verdict, isWrong: Bool) {
    #expect(verdict.isWrongAnswer == isWrong)
  }
}
