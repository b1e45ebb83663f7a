import Foundation
import JudgeEvents
import JudgeOrders
import XCTest

@testable import CourseKit
@testable import JudgeSupport

/// Nothing that a worker says is kept at any length.
final class CapTests: XCTestCase {
  private static let function = Function("mean", Double.self, returns: [Double].self)

  /// Two ends of a socket, which the caller closes.
  private func sockets() -> (judge: Int32, worker: Int32) {
    var ends: [Int32] = [-1, -1]
    XCTAssertEqual(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends), 0)
    return (ends[0], ends[1])
  }

  /// The reason why a reply of these bytes is none; nil if it is one.
  private func refusal(of reply: [UInt8]) -> String? {
    let (judge, worker) = sockets()
    defer { close(judge) }
    Thread.detachNewThread {
      defer { close(worker) }
      let channel = Channel(descriptor: worker)
      guard let request = try? channel.receive() else { return }
      try? channel.send(.init(sequence: request.sequence, payload: reply))
      // Closing with unread bytes would take the reply with it.
      _ = try? channel.receive()
    }
    do {
      _ = try Subject(descriptor: judge).call(Self.function, 1)
      return nil
    } catch Subject.Failure.badReply(_, let reason) {
      return reason
    } catch is ThrownError {
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func thrown(_ kind: UInt8, _ append: (inout WireWriter) -> Void) -> [UInt8] {
    var writer = WireWriter()
    writer.append(1 as UInt8)
    writer.append(kind)
    append(&writer)
    return writer.bytes
  }

  func testALongTextIsNoReply() {
    for count in [4 << 10, 4 << 10 | 1, 1 << 20] {
      let text = String(repeating: "x", count: count)
      let reasons = [
        refusal(of: thrown(3) { $0.append(text) }), refusal(of: thrown(0) { $0.append(text) }),
        refusal(
          of: thrown(1) {
            $0.append(text)
            [Int]().encode(into: &$0)
            [Int]().encode(into: &$0)
          }
        ),
      ]
      for reason in reasons { XCTAssertEqual(reason == nil, count <= 4 << 10, "\(count)") }
    }
  }

  func testAShapeOfManyAxesIsNoReply() {
    for axes in [8, 9, 100_000] {
      let reason = refusal(
        of: thrown(1) {
          $0.append("mean")
          [Int](repeating: 1, count: axes).encode(into: &$0)
          [Int]().encode(into: &$0)
        }
      )
      XCTAssertEqual(reason == nil, axes <= 8, "\(axes)")
    }
  }

  func testAReplyMuchLongerThanItsRequestIsNone() {
    var writer = WireWriter()
    writer.append(0 as UInt8)
    [Double](repeating: 1, count: 260_000).encode(into: &writer)
    XCTAssertNil(refusal(of: writer.bytes))
    writer = WireWriter()
    writer.append(0 as UInt8)
    [Double](repeating: 1, count: 270_000).encode(into: &writer)
    XCTAssertEqual(refusal(of: writer.bytes), "a reply of 2160005 bytes")
  }

  /// An honest worker cuts by itself, also what a single character is made of.
  func testWhatAnHonestWorkerSaysIsAReply() throws {
    let marks = "e" + String(repeating: "\u{301}", count: 100_000)
    let wide = [Int](repeating: 2, count: 1_000)
    let errors: [any Error] = [
      Words(description: marks), NotImplemented(marks, file: "M/F.swift"),
      ShapeMismatch(marks, wide, wide),
    ]
    for error in errors {
      let bytes = Reply<Double>(catching: { throw error }).encoded
      XCTAssertLessThan(bytes.count, 5_000)
      XCTAssertNil(refusal(of: bytes))
    }
    let handler = Self.function.implement { _ in [Double](repeating: 0, count: 300_000) }
    var reader = WireReader(Self.function.request(1))
    XCTAssertEqual(try reader.text(), "mean")
    let reply = try Reply<[Double]>(decoding: try handler.answer(&reader))
    guard case .thrown(.other(let text)) = reply else { return XCTFail("\(reply)") }
    XCTAssertEqual(text, "AnswerTooLarge(bytes: 2400005)")
  }

  func testALogHasAnEnd() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    XCTAssert(FileManager.default.createFile(atPath: file.path, contents: nil))
    defer { try? FileManager.default.removeItem(at: file) }
    let descriptor = open(file.path, O_WRONLY | O_APPEND)
    let (judge, worker) = sockets()
    defer { for number in [descriptor, judge, worker] { close(number) } }
    let test = JudgeCase(name: "testMuch") { _ in }
    test.given = Given(JudgeOrder(method: "", seed: 1, worker: judge, log: descriptor))
    let text = String(repeating: "x", count: EventLog.capacity / 4)
    for _ in 0..<100 { test.write(.flagged(text)) }
    test.write(.flagged("short"))
    let said = try String(contentsOf: file, encoding: .utf8)
    XCTAssertEqual(said.ranges(of: "flagged").count, 3)
    XCTAssertEqual(said.ranges(of: "badReply").count, 1)
    XCTAssertLessThan(said.utf8.count, EventLog.capacity + 1_000)
  }

  private struct Words: Error, CustomStringConvertible {
    var description: String
  }
}
