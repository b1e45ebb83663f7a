import Foundation
import Sandbox
import Testing

@Suite struct MemoryPressureTests {
  @Test func killsAreTheKernelsCount() throws {
    let account = try String(contentsOfFile: "/proc/vmstat", encoding: .utf8)
    let line = try #require(account.split(separator: "\n").first { $0.hasPrefix("oom_kill ") })
    let count = try #require(Int(line.dropFirst("oom_kill ".count)))
    // Others on this machine may run out of memory meanwhile.
    #expect(MemoryPressure.kills() >= count)
    #expect(MemoryPressure.kills() < count + 1_000)
  }
}
