import GraderCore
import Testing

/// Code that takes too much is stopped at its limit, and costs its function's tests alone.
@Suite struct ExhaustionTests {
  private static func timedOut(_ name: String, _ code: String, cpu: Int) -> Attack {
    Attack(
      name,
      code,
      .timedOut,
      "Stopped after \(cpu) s of processor time in {function}: look for a loop that does not end."
    )
  }

  private static func timedOut(_ name: String, _ code: String, wall: Int) -> Attack {
    Attack(
      name,
      code,
      .timedOut,
      "Stopped after \(wall) s in {function}: it neither returned nor threw."
    )
  }

  private static let battery = Battery(
    limits: TestCourse.Limits(
      // The wall's clock runs on while other programs have the processor.
      all: [
        "testCPUSeconds": 1, "testWallSeconds": 40, "testMemoryMiB": 128, "outputBytes": 5_000,
      ],
      tests: [
        "grad-gamma": ["testWallSeconds": 2], "grad-beta": ["testWallSeconds": 2],
        "backward-closed": ["testWallSeconds": 2],
      ]
    ),
    [
      timedOut("an endless loop", "while true {}", cpu: 1),
      timedOut(
        "an endless loop that ignores signals",
        "for s in 1..<32 { signal(Int32(s), SIG_IGN) }; while true {}",
        cpu: 1
      ),
      timedOut(
        "an endless loop in many threads",
        "for _ in 0..<8 { Thread.detachNewThread { while true {} } }; while true {}",
        cpu: 1
      ),
      Attack(
        "endless allocation",
        "var a: [[Double]] = []; while true { a.append([Double](repeating: 1, count: 100_000)) }",
        .outOfMemory,
        "Needed more than 128 MiB of memory in {function} at {place}."
      ),
      Attack(
        "one huge allocation",
        "let a = [UInt8](repeating: 1, count: 1 << 40 + zero()); print(a[zero()])",
        .outOfMemory,
        "Needed more than 128 MiB of memory in {function} at {place}."
      ),
      .futile(
        "memory outside the allocator",
        "let m = mmap(nil, 1 << 30, 3, 34, -1, 0); attempt(Int(bitPattern: m))",
        prints: "refused"
      ),
      .futile(
        "a flood of output",
        #"print("attempt: flood"); for _ in 0..<20_000 { print("0123456789012345678901234") }"#,
        prints: "flood"
      ),
      timedOut("a sleep", "sleep(1000)", wall: 2),
      timedOut("a lock that nobody opens", "DispatchSemaphore(value: 0).wait()", wall: 2),
      timedOut(
        "waiting for a request that does not come",
        "var b = [UInt8](repeating: 0, count: 100); read(3, &b, 100)",
        wall: 2
      ),
      .futile(
        "a flood of threads",
        "for _ in 0..<2000 { Thread.detachNewThread { sleep(100) } }; print(\"attempt: over\")",
        prints: "over"
      ),
    ]
  )

  @Test(arguments: battery.cases)
  func outcome(attempt: Battery.Case) throws {
    try Self.battery.expectOutcome(of: attempt)
  }

  @Test(arguments: Jails.levels)
  func noHarm(level: String) throws {
    try Self.battery.expectNoHarm(at: level, within: 120)
  }
}
