import CourseKit
import JudgeEvents
import JudgeSupport
import TwoHiddenLayersTask
import XCTest

/// What the hidden tests of this assignment share.
class TwoHiddenLayersCase: JudgeCase {
  /// Asks for the student's tensors on every draw, then on the first one again.
  ///
  /// The second answer to the same question must have the same bits, whatever was asked between:
  /// a function that remembers earlier calls shows here.
  ///
  /// - Returns: Whether everything was right.
  @discardableResult
  func judge<Draw>(
    _ function: String,
    on draws: [Draw],
    ask: (Draw) throws -> [Tensor<Double>],
    expect: (Draw) -> [Expected]
  ) throws -> Bool {
    var first: [Tensor<Double>] = []
    var isRight = true
    for (index, draw) in draws.enumerated() {
      let answers = try ask(draw)
      if index == 0 { first = answers }
      for (answer, expected) in zip(answers, expect(draw)) {
        isRight =
          check(answer, equals: expected.value, scale: expected.scale, expected.name) && isRight
      }
    }
    let again = try ask(draws[0])
    guard again.map(\.bits) == first.map(\.bits) else {
      tell(.notRepeatable(function: function))
      XCTFail("\(function): the first call repeated has other bits")
      return false
    }
    return isRight
  }

  /// Fails the test for a reason that the student may read, and with what staff may read too.
  func fail(
    _ remark: String,
    staff: String = "",
    file: StaticString = #filePath,
    line: UInt = #line
  ) {
    tell(.remark(remark))
    XCTFail("\(remark) \(staff)", file: file, line: line)
  }

  /// Whether the six tensors have the shapes of a network of these sizes; if not, it is told.
  func checkShapes(of p: Parameters, sizes: [Int]) -> Bool {
    let shapes = [
      [sizes[0], sizes[1]], [sizes[1]], [sizes[1], sizes[2]], [sizes[2]], [sizes[2], sizes[3]],
      [sizes[3]],
    ]
    for ((name, tensor), shape) in zip(p.tensors, shapes) where tensor.shape != shape {
      tell(.wrongShape(what: name, yours: tensor.shape, expected: shape))
      XCTFail("\(name) has shape \(tensor.shape), expected \(shape)")
      return false
    }
    return true
  }
}

extension Tensor where Scalar == Double {
  /// What tells every value from every other, NaN included.
  var bits: [UInt64] { scalars.map(\.bitPattern) }
}
