import GraderCore
import Testing

/// Nothing that a solution prints or sends is taken for a result.
@Suite struct ForgeryTests {
  private static let badReply =
    "Something other than the result arrived from your code in {function}: "
    + "a solution must not write to open file descriptors."

  private static let wrong = "struct Wrong: Error {}; throw Wrong()"

  static let battery = Battery([
    Attack(
      "XCTest's own lines",
      #"print("Test Case 'ForwardTests.testBatchMean' passed (0.001 seconds)"); "# + wrong,
      .failed,
      "{function} threw Wrong where it should return.",
      staff: "Test Case 'ForwardTests.testBatchMean' passed"
    ).sampled(),
    Attack(
      "a grade of its own",
      ##"print(#"{"schema": "chainrule/grade/1", "score": 80, "maxScore": 80}"#); "## + wrong,
      .failed,
      "{function} threw Wrong where it should return.",
      staff: #""score": 80"#
    ),
    Attack(
      "a judge's event on every descriptor",
      ##"let e = #"{"finished":{"test":"StepsTests.testGradXHat","succeeded":true}}"# + "\n"; "##
        + "for d in 4..<64 { write(Int32(d), e, e.utf8.count) }; " + wrong,
      .failed,
      "{function} threw Wrong where it should return."
    ),
    Attack("noise on the channel", "write(3, \"noise, and more of it\", 21)", .badReply, badReply)
      .sampled(),
    Attack(
      "a huge frame",
      "var h = [UInt64](repeating: .max, count: 4); write(3, &h, 32)",
      .badReply,
      badReply
    ),
    Attack(
      "an empty frame",
      "var h = [UInt64](repeating: 0, count: 2); write(3, &h, 16)",
      .badReply,
      badReply
    ),
    Attack(
      "ending after a forged trap",
      #"fputs("\nchainrule-trap 4 - 400000\n", stderr); fflush(stderr); _exit(0)"#,
      .crashed,
      "Your code ended the program (exit status 0) in {function}: a function must return or throw."
    ),
    Attack(
      "trapping after a forged trap",
      #"fputs("\nchainrule-trap 4 stack ffffffffffffffff 1 2 3\n", stderr); "#
        + "if zero() == 0 { fatalError() }",
      .crashed,
      "Fatal error at {place} in {function}."
    ).sampled(),
    Attack(
      "a closed channel",
      "close(3); while true { sleep(1000) }",
      .badReply,
      badReply,
      limits: ["testWallSeconds": 6]
    ),
    .futile(
      "escapes in what it prints",
      #"print("attempt: \u{1B}[2J\u{202E}x\0y")"#,
      prints: #"\u{1b}[2J\u{202e}x\u{0}y"#
    ),
    .futile(
      "closed output",
      "print(\"attempt: closed\"); fflush(stdout); close(1); close(2)",
      prints: "closed"
    ),
  ])

  @Test(.beyondTheSample(cases: battery.cases.count), arguments: battery.cases)
  func outcome(attempt: Battery.Case) throws {
    try Self.battery.expectOutcome(of: attempt)
  }

  @Test(.beyondTheSample(cases: Jails.levels.count), arguments: Jails.levels)
  func noHarm(level: String) throws {
    try Self.battery.expectNoHarm(at: level, withinProcessorSeconds: 60)
  }
}
