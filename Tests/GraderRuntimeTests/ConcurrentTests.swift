import GraderCore
import Testing

@testable import GraderRuntime

@Suite struct ConcurrentTests {
  @Test func whatBeganAheadIsDoneWhoeverAsks() throws {
    let number = Ahead { () throws(GraderFault) in 1 }
    let text = Ahead { () throws(GraderFault) in "\(try number.get()) and two" }
    #expect(try text.get() == "1 and two")
    #expect(try text.get() == "1 and two")
    let broken = Ahead { () throws(GraderFault) -> Int in throw GraderFault(.usage, "broken") }
    for _ in 0..<2 {
      let fault = #expect(throws: GraderFault.self) { try broken.get() }
      #expect(fault?.summary == "broken")
    }
  }
}
