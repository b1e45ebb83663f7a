import GraderCore
import Testing

@testable import GraderRuntime

@Suite struct ConcurrentTests {
  @Test func bothAreDoneAndTheFirstFaultIsTold() throws {
    let (number, text) = try Concurrent.both(
      { () throws(GraderFault) in 1 },
      { () throws(GraderFault) in "two" }
    )
    #expect((number, text) == (1, "two"))
    let fault = #expect(throws: GraderFault.self) {
      try Concurrent.both(
        { () throws(GraderFault) -> Int in throw GraderFault(.usage, "first") },
        { () throws(GraderFault) -> Int in throw GraderFault(.usage, "second") }
      )
    }
    #expect(fault?.summary == "first")
  }
}
