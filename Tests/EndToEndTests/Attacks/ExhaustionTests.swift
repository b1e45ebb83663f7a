import GraderCore
import Testing

/// Code that takes too much is stopped at its limit, and costs its function's tests alone.
@Suite struct ExhaustionTests {
  /// A loop takes its second of processor time, whoever else wants the processor.
  private static func endless(_ name: String, _ code: String) -> Attack {
    Attack(
      name,
      code,
      .timedOut,
      "Stopped after 1 s of processor time in {function}: look for a loop that does not end.",
      limits: ["testCPUSeconds": 1]
    )
  }

  /// A program that waits takes no processor time, so only the clock ends it; the time is many
  /// times what comes before it.
  private static func waiting(_ name: String, _ code: String) -> Attack {
    Attack(
      name,
      code,
      .timedOut,
      "Stopped after 6 s in {function}: it neither returned nor threw.",
      limits: ["testWallSeconds": 6]
    )
  }

  private static func tooLarge(_ name: String, _ code: String) -> Attack {
    Attack(
      name,
      code,
      .outOfMemory,
      "Needed more than 128 MiB of memory in {function} at {place}.",
      limits: ["testMemoryMiB": 128]
    )
  }

  static let battery = Battery([
    endless("an endless loop", "while true {}"),
    endless(
      "an endless loop that ignores signals",
      "for s in 1..<32 { signal(Int32(s), SIG_IGN) }; while true {}"
    ).sampled(),
    endless(
      "an endless loop in many threads",
      "for _ in 0..<8 { Thread.detachNewThread { while true {} } }; while true {}"
    ),
    // In large steps, so that the memory is used up long before the processor time is.
    tooLarge(
      "endless allocation",
      "var a: [[Double]] = []; while true { a.append([Double](repeating: 1, count: 2_000_000)) }"
    ).sampled(),
    tooLarge(
      "one huge allocation",
      "let a = [UInt8](repeating: 1, count: 1 << 40 + zero()); print(a[zero()])"
    ),
    .futile(
      "memory outside the allocator",
      "let m = mmap(nil, 1 << 30, 3, 34, -1, 0); attempt(Int(bitPattern: m))",
      prints: "refused",
      limits: ["testMemoryMiB": 128]
    ),
    .futile(
      "a flood of output",
      #"print("attempt: flood"); for _ in 0..<20_000 { print("0123456789012345678901234") }"#,
      prints: "flood",
      limits: ["outputBytes": 5_000]
    ).sampled(),
    waiting("a sleep", "sleep(1000)").sampled(),
    waiting("a lock that nobody opens", "DispatchSemaphore(value: 0).wait()"),
    waiting(
      "waiting for a request that does not come",
      "var b = [UInt8](repeating: 0, count: 100); read(3, &b, 100)"
    ),
    .futile(
      "a flood of threads",
      "for _ in 0..<200 { Thread.detachNewThread { sleep(100) } }; print(\"attempt: over\")",
      prints: "over",
      limits: ["testMemoryMiB": 128]
    ),
  ])

  @Test(.beyondTheSample(cases: battery.cases.count), arguments: battery.cases)
  func outcome(attempt: Battery.Case) throws {
    try Self.battery.expectOutcome(of: attempt)
  }

  @Test(.beyondTheSample(cases: Jails.levels.count), arguments: Jails.levels)
  func noHarm(level: String) throws {
    try Self.battery.expectNoHarm(at: level, withinProcessorSeconds: 120)
  }
}
