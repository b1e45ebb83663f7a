import Foundation
import JudgeEvents
import Testing

@testable import GraderRuntime

@Suite struct EventReaderTests {
  private static let line = Array(#"{"flagged":{"_0":"x"}}"#.utf8) + [UInt8(ascii: "\n")]

  @Test func eventsAreReadInTheirOrder() throws {
    let file = try PrivateFile(Self.line + Self.line)
    #expect(try file.events() == [.flagged("x"), .flagged("x")])
    #expect(try PrivateFile().events() == [])
  }

  @Test func linesMayBeEmptyAndTheLastMayNotEnd() throws {
    let file = try PrivateFile([UInt8(ascii: "\n")] + Self.line + Self.line.dropLast())
    #expect(try file.events() == [.flagged("x"), .flagged("x")])
  }

  @Test func whatIsNoEventIsAFaultOfOurs() throws {
    let file = try PrivateFile(Array(#"{"passed":{}}"#.utf8))
    let fault = #expect(throws: GraderFault.self) { try file.events() }
    #expect(fault?.kind == .broken)
  }

  /// It is refused before any of it is decoded.
  @Test func eventsWithoutEndAreAFaultOfOurs() throws {
    let file = try PrivateFile([UInt8](repeating: UInt8(ascii: "\n"), count: (40 << 20) + 1))
    let fault = #expect(throws: GraderFault.self) { try file.events() }
    #expect(fault?.kind == .broken)
    #expect("\(fault.map { "\($0)" } ?? "")".contains("40 MiB"))
  }
}
