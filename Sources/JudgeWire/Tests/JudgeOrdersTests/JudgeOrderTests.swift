import Glibc
import JudgeOrders
import XCTest

final class JudgeOrderTests: XCTestCase {
  private static let limits = SearchLimits(
    questions: 64,
    milliseconds: 200,
    deadly: [3, 17],
    verdicts: [true, false, true]
  )

  private func pair(_ kind: __socket_type) -> (Int32, Int32) {
    var ends: [Int32] = [0, 0]
    XCTAssertEqual(socketpair(AF_UNIX, Int32(kind.rawValue), 0, &ends), 0)
    return (ends[0], ends[1])
  }

  func testTheDescriptorsArriveAsCopiesOfWhatWasSent() throws {
    let (grader, judge) = pair(SOCK_SEQPACKET)
    let (worker, sent) = pair(SOCK_STREAM)
    let (reader, log) = pair(SOCK_STREAM)
    let order = JudgeOrder(
      method: "ATests/testB",
      seed: .max,
      work: .search(Self.limits),
      worker: sent,
      log: log
    )
    XCTAssert(order.send(over: grader))
    close(sent)
    close(log)

    let received = try XCTUnwrap(JudgeOrder.receive(from: judge))
    XCTAssertEqual(received.method, "ATests/testB")
    XCTAssertEqual(received.seed, .max)
    XCTAssertEqual(
      received.work,
      .search(Self.limits)
    )
    XCTAssertEqual(write(received.worker, "w", 1), 1)
    XCTAssertEqual(write(received.log, "l", 1), 1)
    var byte: UInt8 = 0
    XCTAssertEqual(read(worker, &byte, 1), 1)
    XCTAssertEqual(byte, UInt8(ascii: "w"))
    XCTAssertEqual(read(reader, &byte, 1), 1)
    XCTAssertEqual(byte, UInt8(ascii: "l"))
    // Whatever the judge starts must not hold on to a worker.
    XCTAssertEqual(fcntl(received.worker, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC)
  }

  func testOrdersStayApartAndEndWithTheGrader() throws {
    let (grader, judge) = pair(SOCK_SEQPACKET)
    for method in ["ATests/testA", "ATests/testB"] {
      XCTAssert(JudgeOrder(method: method, seed: 1, worker: 0, log: 1).send(over: grader))
    }
    close(grader)
    let first = JudgeOrder.receive(from: judge)
    XCTAssertEqual(first?.method, "ATests/testA")
    XCTAssertEqual(first?.work, .judge)
    XCTAssertEqual(JudgeOrder.receive(from: judge)?.method, "ATests/testB")
    XCTAssertNil(JudgeOrder.receive(from: judge))
  }

  func testAReceiptTellsAJudgeThatFinishedFromOneThatIsGone() {
    let (grader, judge) = pair(SOCK_SEQPACKET)
    XCTAssert(JudgeOrder.sendReceipt(over: judge))
    close(judge)
    XCTAssert(JudgeOrder.takeReceipt(from: grader))
    XCTAssertFalse(JudgeOrder.takeReceipt(from: grader))
    // Asking one that is gone is no SIGPIPE.
    let order = JudgeOrder(method: "ATests/testA", seed: 1, worker: 0, log: 1)
    XCTAssertFalse(order.send(over: grader))
  }

  func testAMessageWithoutDescriptorsIsNoOrder() {
    let (grader, judge) = pair(SOCK_SEQPACKET)
    XCTAssertEqual(send(grader, "1 judge ATests/testA", 20, 0), 20)
    XCTAssertNil(JudgeOrder.receive(from: judge))
  }

  func testOnlyASocketForMessagesIsTakenForTheGraders() {
    XCTAssert(JudgeOrder.canTravel(over: pair(SOCK_SEQPACKET).0))
    XCTAssertFalse(JudgeOrder.canTravel(over: pair(SOCK_STREAM).0))
    XCTAssertFalse(JudgeOrder.canTravel(over: -1))
  }
}
