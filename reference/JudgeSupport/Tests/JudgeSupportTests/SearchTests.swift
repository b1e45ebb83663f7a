import Foundation
import JudgeEvents
import JudgeOrders
import XCTest

@testable import CourseKit
@testable import JudgeSupport

/// The search for the smallest input on which a function is wrong.
final class SearchTests: XCTestCase {
  /// The answer of a worker; nil ends it.
  private typealias Worker = @Sendable (Tensor<Double>) throws -> Tensor<Double>?

  private func search(
    _ limits: SearchLimits = SearchLimits(questions: 64, milliseconds: 5_000),
    with worker: @escaping Worker
  ) throws -> Search {
    var ends: [Int32] = [-1, -1]
    XCTAssertEqual(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends), 0)
    let descriptor = ends[1]
    Thread.detachNewThread { Self.serve(descriptor, worker) }
    defer { close(ends[0]) }
    let path = NSTemporaryDirectory() + UUID().uuidString
    let log = open(path, O_RDWR | O_CREAT | O_APPEND, 0o600)
    defer {
      close(log)
      unlink(path)
    }
    let test = DoublingCase(name: "testDoubling") { try ($0 as? DoublingCase)?.testDoubling() }
    test.given = Given(
      JudgeOrder(method: "", seed: 1, work: .search(limits), worker: ends[0], log: log)
    )
    test.run()
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let events = try lines.map {
      try JSONDecoder().decode(JudgeEvent.self, from: Data($0.utf8))
    }
    for case .searched(let search) in events { return search }
    throw Missing()
  }

  private struct Missing: Error {}

  private static func serve(_ descriptor: Int32, _ worker: Worker) {
    defer { close(descriptor) }
    let channel = Channel(descriptor: descriptor)
    while let request = try? channel.receive() {
      var reader = WireReader(request.payload)
      guard (try? reader.text()) != nil, let x = try? Tensor<Double>(from: &reader) else { return }
      let reply: [UInt8]
      do {
        guard let answer = try worker(x) else { return }
        reply = Reply.value(answer).encoded
      } catch {
        reply = Reply<Tensor<Double>>(catching: { throw error }).encoded
      }
      try? channel.send(.init(sequence: request.sequence, payload: reply))
    }
  }

  func testRightCodeHasNone() throws {
    let search = try search { 2 * $0 }
    XCTAssertNil(search.found)
    XCTAssertNil(search.ended)
    XCTAssertGreaterThan(search.verdicts.count, 10)
  }

  func testTheSmallestInputIsFound() throws {
    let search = try search { $0 }
    let found = try XCTUnwrap(search.found)
    XCTAssertEqual(found.function, "double")
    XCTAssertEqual(found.arguments.map(\.value), [.tensor(shape: [1], entries: [.init(1)])])
    XCTAssertEqual(found.results.map(\.yours), [.tensor(shape: [1], entries: [.init(1)])])
    XCTAssertEqual(found.results.map(\.right), [.tensor(shape: [1], entries: [.init(2)])])
    XCTAssertEqual(found.results.map(\.path), [[]])
    XCTAssertEqual(found.ending, .returned)
  }

  /// Zeros stay zeros, so one number is enough: the others became zero.
  func testOnlyWhatIsNeededStays() throws {
    let found = try search { $0.count < 3 ? 2 * $0 : 2 * $0 * Tensor([1, 1, -1]) }.found
    XCTAssertEqual(
      found?.arguments.map(\.value),
      [.tensor(shape: [3], entries: [.init(0), .init(0), .init(1)])]
    )
  }

  func testAnErrorIsOne() throws {
    struct Mine: Error {}
    let found = try search { x in if x.count > 1 { throw Mine() } else { 2 * x } }.found
    XCTAssertEqual(found?.ending, .threw(error: "Mine"))
    XCTAssertEqual(
      found?.arguments.map(\.value),
      [.tensor(shape: [2], entries: [.init(0), .init(0)])]
    )
  }

  func testAStubHasNone() throws {
    let search = try search { _ in throw NotImplemented("double") }
    XCTAssertNil(search.found)
    XCTAssertEqual(search.verdicts, [false])
  }

  func testAnEndIsToldOnceAndThenAvoided() throws {
    let worker: Worker = { $0.scalars.contains(0) || $0.count < 2 ? 2 * $0 : nil }
    let first = try search(with: worker)
    let ended = try XCTUnwrap(first.ended)
    XCTAssertEqual(first.found?.ending, .ended)
    let limits = SearchLimits(questions: 64, milliseconds: 5_000, deadly: [ended])
    let second = try search(limits, with: worker)
    // It goes on from there: a one in the place of the first number ends it too.
    XCTAssertEqual(second.found?.ending, .ended)
    XCTAssertGreaterThan(try XCTUnwrap(second.ended), ended)
    XCTAssertNotEqual(second.found, first.found)
  }

  func testWhatTakesTooLongIsLate() throws {
    let search = try search(SearchLimits(questions: 64, milliseconds: 50)) { x in
      if x.count > 1 { sleep(1) }
      return 2 * x
    }
    XCTAssertEqual(search.found?.ending, .late(milliseconds: 50))
  }

  func testQuestionsAreCounted() throws {
    let search = try search(SearchLimits(questions: 5, milliseconds: 5_000)) { 2 * $0 }
    XCTAssertEqual(search.verdicts.count, 5)
    XCTAssertNil(search.found)
  }

  /// A find stays one when the questions are used up.
  func testAFindSurvivesTheEndOfTheQuestions() throws {
    let found = try search(SearchLimits(questions: 1, milliseconds: 5_000)) { $0 }.found
    XCTAssertNotNil(found)
  }

  /// A case has to be wrong by itself: what an earlier question left behind is none.
  func testWhatWasFoundIsAskedAlone() throws {
    for isHonest in [true, false] {
      let calls = Counter()
      let worker: Worker = { x in
        if isHonest { return x }
        return calls.next() > 2 ? 3 * x : 2 * x
      }
      let first = try search(with: worker)
      XCTAssertNotNil(first.found)
      calls.reset()
      let limits = SearchLimits(questions: 64, milliseconds: 5_000, verdicts: first.verdicts)
      let alone = try search(limits, with: worker)
      XCTAssertEqual(alone.verdicts, [isHonest])
      XCTAssertEqual(alone.found, isHonest ? first.found : nil)
    }
  }

  /// The end of a worker is confirmed like anything else.
  func testAnEndIsAskedAlone() throws {
    let worker: Worker = { $0.count > 1 ? nil : 2 * $0 }
    let first = try search(with: worker)
    let limits = SearchLimits(
      questions: 64,
      milliseconds: 5_000,
      deadly: [try XCTUnwrap(first.ended)],
      verdicts: first.verdicts
    )
    XCTAssertEqual(try search(limits, with: worker).found, first.found)
  }

  func testAPropertyThatFailsIsTold() throws {
    let broken = try search { $0.map { _ in -4 } }.found?.broken
    XCTAssertEqual(broken?.property, .notNegative)
    XCTAssertEqual(broken?.yours, ExampleNumber(-4))
  }

  /// A tensor of no numbers can have sizes beyond all memory: nothing is made in its shape.
  func testAnEmptyTensorOfAnySize() throws {
    let found = try search { _ in Tensor(shape: [0, 1 << 60], scalars: []) }.found
    XCTAssertEqual(found?.results.map(\.yours), [.tensor(shape: [0, 1 << 60], entries: [])])
    XCTAssertNil(found?.broken)
  }

  func testPropertiesOfMatrices() {
    let x = Tensor<Double>([[1, -1], [0.5, 0.5]])
    XCTAssertEqual(BrokenProperty.Property.columnsSumToZero.failure(in: x)?.yours, 1.5)
    XCTAssertEqual(BrokenProperty.Property.rowsSumToZero.failure(in: x)?.place, 1)
    XCTAssertEqual(BrokenProperty.Property.rowsSumToOne.failure(in: x)?.place, 0)
    XCTAssertEqual(BrokenProperty.Property.zero.failure(in: x)?.place, 0)
    XCTAssertEqual(BrokenProperty.Property.notNegative.failure(in: x)?.yours, -1)
    XCTAssertNil(BrokenProperty.Property.columnsSumToZero.failure(in: 0 * x))
  }

  /// Numbers that JSON does not have come back as what they were.
  func testNumbersTravel() throws {
    let numbers = [0.5, -3, .infinity, -.infinity, .nan].map(ExampleNumber.init)
    let data = try JSONEncoder().encode(numbers)
    XCTAssertEqual(try JSONDecoder().decode([ExampleNumber].self, from: data), numbers)
    XCTAssertThrowsError(try JSONDecoder().decode(ExampleNumber.self, from: Data("\"1\"".utf8)))
  }

  func testPartsAreFoundByTheirNames() {
    let value = ExampleValue.parts(
      type: "Parameters",
      [
        .init("b1", .tensor(shape: [1], entries: [.init(0)])),
        .init("b2", .tensor(shape: [1], entries: [.init(0)])), .init("count", .integer(3)),
        .init("losses", .numbers([.init(1), .init(2)])),
      ]
    )
    XCTAssertEqual(value.part(like: Tensor([0.0]), called: "dB2")?.path, ["b2"])
    let name = "b2 after the step"
    XCTAssertEqual(value.part(like: Tensor([0.0]), called: name)?.path, ["b2"])
    XCTAssertEqual(value.part(like: Tensor(shape: [], scalars: [3]), called: "x")?.path, ["count"])
    XCTAssertEqual(value.part(like: Tensor([1.0, 2]), called: "losses")?.path, ["losses"])
    XCTAssertNil(value.part(like: Tensor([7.0]), called: "b1"))
  }
}

private final class Counter: @unchecked Sendable {
  private var count = 0

  func next() -> Int {
    count += 1
    return count
  }

  func reset() { count = 0 }
}

/// A test of a function that doubles.
private final class DoublingCase: JudgeCase {
  private static let double =
    Function("double", Tensor<Double>.self, returns: Tensor<Double>.self)

  struct Draw: SmallDraw {
    var x: Tensor<Double>

    static var smallDraws: SmallDraws<Draw> {
      SmallDraws([1, 2, 3], simplifying: [\.x]) { Draw(x: $1.small($0)) }
    }
  }

  override func properties(
    of result: String,
    from function: String
  ) -> [BrokenProperty.Property] { [.notNegative, .columnsSumToZero, .rowsSumToOne] }

  func testDoubling() throws {
    try search { [self] (draw: Draw) in
      [try subject(Self.double, draw.x)]
    } expecting: {
      .returns([("y", 2 * $0.x)])
    }
  }
}
