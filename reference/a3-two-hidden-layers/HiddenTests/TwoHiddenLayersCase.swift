import CourseKit
import JudgeEvents
import JudgeSupport
import TwoHiddenLayersTask
import XCTest

/// The base of this assignment's hidden tests.
class TwoHiddenLayersCase: JudgeCase {
  /// Asks for the student's tensors on every draw, then, if `asksAgain`, on the first one again.
  ///
  /// The second answer to the same question must be the same but for rounding, whatever was asked
  /// between: a function that remembers earlier calls shows here. It is asked a third time when
  /// all other functions have seen other data, last of all: what they keep for it shows then.
  ///
  /// `compositions` are, for a chain, the ways to put it together from the student's own functions:
  /// a wrong chain that is one of them carries their errors. Says whether all answers were right.
  @discardableResult
  func judge<Draw>(
    _ function: String,
    on draws: [Draw],
    ask: @escaping (Draw) throws -> [Tensor<Double>],
    expect: (Draw) -> [Expected],
    compositions: [(Draw) throws -> [Tensor<Double>]] = [],
    asksAgain: Bool = true
  ) throws -> Bool {
    let isChain = !compositions.isEmpty
    if isComposing {
      compose(compositions, on: draws)
      return true
    }
    if isChain { beginChain() }
    var all: [[Tensor<Double>]] = []
    var isRight = true
    for draw in draws {
      let answers = try isChain ? keepingChain { try ask(draw) } : ask(draw)
      all.append(answers)
      sizes = (draw as? any Sized)?.sizes ?? [:]
      for (answer, expected) in zip(answers, expect(draw)) {
        let agrees = check(
          answer,
          equals: expected.value,
          scale: expected.scale,
          expected.name
        )
        isRight = isRight && agrees
      }
    }
    sizes = [:]
    if asksAgain {
      let again = try ask(draws[0])
      let scales = expect(draws[0]).map(\.scale)
      guard repeats(again, all[0], scales: scales) else {
        if isChain { forgetChain() }
        tell(.notRepeatable(function: function))
        XCTFail("\(function): the first call repeated gives another answer")
        return false
      }
      judgeMemory(
        of: function,
        after: otherQuestions(like: draws[0]),
        first: all[0],
        scales: scales
      ) {
        try ask(draws[0])
      }
    }
    if isChain, isRight { forgetChain() }
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

  /// Checks that the six tensors have the shapes of a network of these sizes, and tells if not.
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

extension TwoHiddenLayersCase {
  /// Checks that all parameters are numbers, and tells if not.
  func checkFinite(_ p: Parameters) -> Bool {
    for (name, tensor) in p.tensors {
      let count = tensor.scalars.count { !$0.isFinite }
      guard count > 0 else { continue }
      tell(.notFinite(what: name, count: count, of: tensor.count))
      XCTFail("\(name): \(count) of \(tensor.count) entries are not finite")
      return false
    }
    return true
  }
}

/// A draw whose sizes have names in the handout: a wrong factor is named by them.
protocol Sized {
  var sizes: [String: Int] { get }
}

extension Tensor where Scalar == Double {
  /// The bits of the numbers, which tell every value from every other, NaN included.
  var bits: [UInt64] { scalars.map(\.bitPattern) }
}
