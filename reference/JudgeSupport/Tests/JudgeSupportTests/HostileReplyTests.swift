import Foundation
import JudgeEvents
import JudgeOrders
import XCTest

@testable import CourseKit
@testable import JudgeSupport

/// Whatever a worker replies, a judge comes to the end of its test.
///
/// `Fuzz/hostile_replies.py` does the same to whole suites.
final class HostileReplyTests: XCTestCase {
  private static let matrix = Function("matrix", Double.self, returns: Tensor<Double>.self)
  private static let count = Function("count", Double.self, returns: Int.self)

  private static let right = Tensor<Double>([[1, -2], [3, 4], [-5, 6]])

  func testNoReplyEndsTheJudge() throws {
    for seed in 1...90 {
      var ends: [Int32] = [-1, -1]
      XCTAssertEqual(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends), 0)
      let (judge, worker) = (ends[0], ends[1])
      let log = open("/dev/null", O_WRONLY)
      Thread.detachNewThread { Self.serve(worker, Generator(seed: UInt64(seed))) }
      let test = MatrixCase(name: "testMatrix") { try ($0 as? MatrixCase)?.testTheMatrix() }
      let search = SearchLimits(questions: 64, milliseconds: 5_000)
      let work: JudgeWork = [.judge, .compose, .search(search)][seed % 3]
      test.given = Given(
        JudgeOrder(method: "", seed: 1, work: work, worker: judge, log: log)
      )
      test.run()
      close(judge)
      close(log)
      guard test.hasEnded else {
        let words = "seed \(seed): the test's method did not end"
        return recordFailure(
          withDescription: words,
          inFile: #filePath,
          atLine: #line,
          expected: true
        )
      }
    }
  }

  /// A worker that gives right answers at first.
  private static func serve(_ descriptor: Int32, _ generator: Generator) {
    defer { close(descriptor) }
    var generator = generator
    let channel = Channel(descriptor: descriptor)
    var rest = generator.below(12)
    while let request = try? channel.receive() {
      var reader = WireReader(request.payload)
      guard let name = try? reader.text() else { return }
      let reply = name == "count" ? Reply.value(6).encoded : Reply.value(right).encoded
      rest -= 1
      let sent = rest > 0 ? reply : hostile(reply, &generator)
      try? channel.send(.init(sequence: request.sequence, payload: sent))
    }
  }

  private static func hostile(_ reply: [UInt8], _ generator: inout Generator) -> [UInt8] {
    switch generator.below(5) {
    case 0:
      let sizes = [0, 1, 2, 3, 4, 1 << 40, Int.max]
      var shape = (0..<generator.below(9)).map { _ in sizes[generator.below(5)] }
      if generator.below(4) == 0 { shape = [0, sizes[5 + generator.below(2)]] }
      let all = shape.reduce(1, *)
      return Reply.value(Tensor(shape: shape, scalars: (0..<all).map { _ in generator.hostile() }))
        .encoded
    case 1:
      let values = (0..<6).map { _ in generator.hostile() }
      return Reply.value(Tensor(shape: [3, 2], scalars: values)).encoded
    case 2:
      var values = right.scalars
      values[generator.below(6)] = generator.hostile()
      return Reply.value(Tensor(shape: [3, 2], scalars: values)).encoded
    case 3:
      let wholes = [0, 1, -1, 6, .max, .min, 1 << 62]
      let whole = wholes[generator.below(7)]
      let other = wholes[generator.below(7)]
      let errors: [ThrownError] = [
        .shapeMismatch(ShapeMismatch("x", [whole, other], [other])), .batchTooSmall(count: whole),
        .other("Mine(\(whole))"), .notImplemented(""),
      ]
      let error = errors[generator.below(4)]
      return generator.below(2) == 0 ? Reply.value(whole).encoded : Reply<Int>.thrown(error).encoded
    default:
      var bytes = reply
      for _ in 0...generator.below(4) {
        bytes[generator.below(bytes.count)] = UInt8(generator.below(256))
      }
      return Array(bytes.prefix(1 + generator.below(2 * bytes.count)))
    }
  }

  /// A test that does with answers what hidden tests do.
  private final class MatrixCase: JudgeCase {
    private(set) var hasEnded = false

    func testTheMatrix() throws {
      defer { hasEnded = true }
      if isComposing { return compose() }
      if isSearching { try searchTheMatrix() }
      let first = try ask()
      judge(first, against: HostileReplyTests.right)
      judge(try ask(), against: first)
      check(
        Double(try subject(HostileReplyTests.count, 1)),
        equals: 6,
        scale: 6,
        "count",
        tolerance: 0
      )
      if !repeats([try ask()], [first], scales: [6]) { tell(.notRepeatable(function: "matrix")) }
      try expectError("BatchTooSmall", from: "matrix") {
        $0 == .batchTooSmall(count: 1)
      } _: {
        _ = try ask()
      }
      _ = convict(by: probes, of: "matrix")
      judgeMemory(of: "matrix", after: [[{ _ = try self.ask() }]], first: [first], scales: [6]) {
        [try self.ask()]
      }
    }

    private struct Draw: SmallDraw {
      let number: Double

      static var smallDraws: SmallDraws<Draw> {
        SmallDraws((1...40).map { Draw(number: Double($0)) })
      }
    }

    override func properties(
      of result: String,
      from function: String
    ) -> [BrokenProperty.Property] {
      [.columnsSumToZero, .rowsSumToZero, .rowsSumToOne, .notNegative, .zero]
    }

    private func searchTheMatrix() throws {
      try search { [self] (draw: Draw) in
        let count = Double(try subject(HostileReplyTests.count, draw.number))
        return [
          try subject(HostileReplyTests.matrix, draw.number), Tensor(shape: [], scalars: [count]),
        ]
      } expecting: { _ in
        .returns([("y", HostileReplyTests.right), ("count", Tensor(shape: [], scalars: [6]))])
      }
    }

    private func ask() throws -> Tensor<Double> { try subject(HostileReplyTests.matrix, 1) }

    /// The reference may be an answer of the student's, as a response without a bias is.
    private func judge(_ yours: Tensor<Double>, against reference: Tensor<Double>) {
      sizes = ["n": 3]
      check(yours, equals: reference, scale: 6, "y", directions: ["x": HostileReplyTests.right])
    }

    private var probes: [Probe] {
      let values = Probe("small", right: [(HostileReplyTests.right, 6)]) { [self] in [try ask()] }
      let again = { values }
      let large = Probe(
        "large",
        right: [(HostileReplyTests.right, 6)],
        again: again,
        answers: {
          [self] in [try ask()]
        }
      )
      let zeros = Probe("zeros") { answers in
        answers[0].scalars.map { ExactZero($0 - 1, unit: 6) }
      } answers: { [self] in
        [try ask()]
      }
      return [large, values, zeros]
    }

    private func compose() {
      let right = RightAnswer(HostileReplyTests.right, terms: HostileReplyTests.right)
      compose(
        [
          { [self] (_: Int) in
            let x = try step("one", on: [], isFit: true, right: { [right] }, ask)
            let isFit = x.shape == HostileReplyTests.right.shape
            let y = try step("two", on: [x], isFit: isFit, right: { [right] }, ask)
            return [x, y]
          }
        ],
        on: [1, 2]
      )
    }
  }
}

extension Generator {
  fileprivate mutating func below(_ count: Int) -> Int { Int(uniformDouble() * Double(count)) }

  fileprivate mutating func hostile() -> Double {
    let numbers: [Double] = [
      .nan, .infinity, -.infinity, 1e308, -1e308, .greatestFiniteMagnitude, .leastNonzeroMagnitude,
      0, -0, 1,
      0x1p-140,
      0x1p63, 1e19,
    ]
    return numbers[below(numbers.count)]
  }
}
