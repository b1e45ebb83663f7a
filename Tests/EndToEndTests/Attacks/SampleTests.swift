import Testing

/// Some of each kind of attack, graded together; the suites of the kinds hold all of them.
@Suite struct SampleTests {
  private static let battery = Battery(
    [
      CrashTests.battery, CrashTests.misuses, EscapeTests.files, EscapeTests.processes,
      ExhaustionTests.battery, ForgeryTests.battery,
    ].flatMap(\.attacks).filter(\.isInSample)
  )

  @Test(arguments: battery.cases)
  func outcome(attempt: Battery.Case) throws {
    try Self.battery.expectOutcome(of: attempt)
  }

  @Test(arguments: Jails.levels)
  func noHarm(level: String) throws {
    try Self.battery.expectNoHarm(at: level, withinProcessorSeconds: 60)
  }
}
