import CourseKit
import JudgeEvents
import JudgeSupport
import XCTest

/// What the hidden tests of this assignment share.
class BatchNormCase: JudgeCase {
  /// Asks for the student's tensors on every draw, then on the first one again.
  ///
  /// The second answer to the same question must have the same bits, whatever was asked between:
  /// a function that remembers earlier calls shows here.
  func judge<Draw>(
    _ function: String,
    on draws: [Draw],
    ask: (Draw) throws -> [Tensor<Double>],
    expect: (Draw) -> [Expected]
  ) throws {
    var first: [Tensor<Double>] = []
    for (index, draw) in draws.enumerated() {
      let answers = try ask(draw)
      if index == 0 { first = answers }
      for (answer, expected) in zip(answers, expect(draw)) {
        check(answer, equals: expected.value, scale: expected.scale, expected.name)
      }
    }
    let again = try ask(draws[0])
    guard again.map(\.bits) == first.map(\.bits) else {
      tell(.notRepeatable(function: function))
      return XCTFail("\(function): the first call repeated has other bits")
    }
  }

  /// Judges a function with one result on this test's batches.
  func judge(
    _ function: String,
    ask: (Batch) throws -> Tensor<Double>,
    expect: (Batch) -> Expected
  ) throws {
    var generator = generator()
    try judge(
      function,
      on: Batch.draws(using: &generator),
      ask: { [try ask($0)] },
      expect: { [expect($0)] }
    )
  }
}

extension Tensor where Scalar == Double {
  /// What tells every value from every other, NaN included.
  fileprivate var bits: [UInt64] { scalars.map(\.bitPattern) }
}
