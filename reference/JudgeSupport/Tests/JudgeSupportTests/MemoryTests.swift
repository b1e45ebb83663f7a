import Foundation
import JudgeOrders
import XCTest

@testable import CourseKit
@testable import JudgeSupport

/// What functions keep from each other's calls, and what those calls may not cost.
final class MemoryTests: XCTestCase {
  private static let forward = Function("forward", Double.self, returns: Double.self)
  private static let gradient = Function("gradient", Double.self, returns: Double.self)

  /// A test of the gradient alone, at 2, with the forward function at 3 before the last question.
  private func judge(
    _ forward: @escaping @Sendable (Double) throws -> Double,
    _ gradient: @escaping @Sendable (Double) throws -> Double
  ) throws -> (succeeded: Bool, events: String) {
    var ends: [Int32] = [-1, -1]
    XCTAssertEqual(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends), 0)
    let (judge, worker) = (ends[0], ends[1])
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    XCTAssert(FileManager.default.createFile(atPath: file.path, contents: nil))
    defer { try? FileManager.default.removeItem(at: file) }
    let log = open(file.path, O_WRONLY | O_APPEND)
    Thread.detachNewThread {
      Self.serve(
        worker,
        ["forward": Self.forward.implement(forward), "gradient": Self.gradient.implement(gradient)]
      )
    }
    let test = GradientCase(name: "testGradient") { test in
      try (test as? GradientCase)?.testTheGradient()
    }
    test.given = Given(JudgeOrder(method: "", seed: 1, worker: judge, log: log))
    test.run()
    close(judge)
    close(log)
    return (
      test.testRun?.hasSucceeded == true,
      try String(contentsOf: file, encoding: .utf8)
    )
  }

  /// A worker that ends where a function throws `Death`.
  private static func serve(_ descriptor: Int32, _ handlers: [String: Handler]) {
    defer { close(descriptor) }
    let channel = Channel(descriptor: descriptor)
    while let request = try? channel.receive() {
      var reader = WireReader(request.payload)
      guard let name = try? reader.text(),
        let reply = try? handlers[name]?.answer(&reader)
      else { return }
      let text = String(decoding: reply, as: UTF8.self)
      if text.contains("Death") { return }
      try? channel.send(.init(sequence: request.sequence, payload: reply))
    }
  }

  /// A function that is asked to throw can be named by its error, whatever words it has.
  func testAnErrorIsRecordedByItsKind() throws {
    let (_, events) = try judge({ $0 }, { _ in throw Mistake() })
    expect(events.contains("\"error\":\"another\""), events)
    expect(events.contains("\"mustThrow\":false"), events)
  }

  func testARightGradientPasses() throws {
    let (succeeded, events) = try judge({ $0 * $0 }, { 2 * $0 })
    expect(succeeded, events)
  }

  func testAGradientOfWhatTheForwardFunctionKeptFails() throws {
    let kept = Kept()
    let (succeeded, events) = try judge(
      { kept.set($0) },
      { 2 * (kept.value ?? $0) }
    )
    expect(!succeeded)
    expect(events.contains("notRepeatable"), events)
  }

  func testAForwardFunctionThatThrowsCostsNothing() throws {
    let (succeeded, events) = try judge({ _ in throw Mistake() }, { 2 * $0 })
    expect(succeeded, events)
    expect(!events.contains("Mistake"), events)
  }

  func testAForwardFunctionThatThrowsIsFollowedByTheQuestion() throws {
    let kept = Kept()
    let (succeeded, _) = try judge(
      {
        kept.set($0)
        throw Mistake()
      },
      { 2 * (kept.value ?? $0) }
    )
    expect(!succeeded)
  }

  func testAForwardFunctionThatEndsTheWorkerCostsNothing() throws {
    let (succeeded, events) = try judge({ _ in throw Death() }, { 2 * $0 })
    expect(succeeded, events)
    expect(!events.contains("workerEnded"), events)
  }

  func testAForwardFunctionThatHangsCostsNothing() throws {
    let (succeeded, events) = try judge(
      {
        Thread.sleep(forTimeInterval: 3)
        return $0
      },
      { 2 * $0 }
    )
    expect(succeeded, events)
    expect(!events.contains("workerEnded"), events)
  }

  func testAGradientThatEndsTheWorkerAfterTheForwardFunctionFails() throws {
    let kept = Kept()
    let (succeeded, events) = try judge(
      { kept.set($0) },
      { if kept.value == nil { 2 * $0 } else { throw Death() } }
    )
    expect(!succeeded)
    expect(events.contains("workerEnded"), events)
  }

  /// The forward function's answers are none of this test's business.
  func testAnswersOfTheForwardFunctionAreNotRecorded() throws {
    let kept = Kept()
    let (_, events) = try judge({ kept.set($0) }, { 2 * (kept.value ?? $0) })
    expect(!events.contains("\"function\":\"forward\""), events)
    expect(events.ranges(of: Self.reply).count == 2, events)
  }

  /// They are most of what there is to tell, and only a slip's name needs them.
  func testRepliesOfARightTestAreNotTold() throws {
    let (succeeded, events) = try judge({ $0 * $0 }, { 2 * $0 })
    expect(succeeded)
    expect(!events.contains("replied"), events)
  }

  private static let reply = "\"replied\""

  func testAWrongGradientIsNotAskedAgain() throws {
    let (succeeded, events) = try judge({ $0 * $0 }, { 3 * $0 })
    expect(!succeeded)
    expect(events.ranges(of: Self.reply).count == 1, events)
  }

  /// The inner test's run has taken the place of this one: what `XCTAssert` says would be lost.
  private func expect(_ condition: Bool, _ events: String = "", line: Int = #line) {
    guard !condition else { return }
    recordFailure(withDescription: events, inFile: #filePath, atLine: line, expected: true)
  }

  private struct Mistake: Error {}
  private struct Death: Error {}

  /// A number that one function leaves for another.
  private final class Kept: @unchecked Sendable {
    private(set) var value: Double?

    @discardableResult
    func set(_ value: Double) -> Double {
      self.value = value
      return value
    }
  }

  private final class GradientCase: JudgeCase {
    func testTheGradient() throws {
      let first = try ask()
      check(first[0], equals: Tensor(shape: [], scalars: [4]), scale: 4, "dX")
      judgeMemory(
        of: "gradient",
        after: [[{ [self] in _ = try subject(MemoryTests.forward, 3) }]],
        first: first,
        scales: [4],
        ask: ask
      )
    }

    private func ask() throws -> [Tensor<Double>] {
      [Tensor(shape: [], scalars: [try subject(MemoryTests.gradient, 2)])]
    }
  }
}
