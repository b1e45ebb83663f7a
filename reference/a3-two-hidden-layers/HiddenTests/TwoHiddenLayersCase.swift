import CourseKit
import JudgeEvents
import JudgeSupport
import TwoHiddenLayersTask
import XCTest

/// The base of this assignment's hidden tests.
class TwoHiddenLayersCase: JudgeCase {
  /// The error of an entry, in units of its own, that rounding of the logits may excuse.
  static var toleranceOfEntries: Double { 1e-3 }

  override func properties(
    of result: String,
    from function: String
  ) -> [BrokenProperty.Property] {
    switch function {
    case "softmax": [.rowsSumToOne]
    case "gradLogits": [.rowsSumToZero]
    case "relu": [.notNegative]
    default: []
    }
  }

  /// Asks for the student's tensors on every draw, then, if `asksAgain`, on the first one again.
  ///
  /// The second answer to the same question must be the same but for rounding, whatever was asked
  /// between: a function that remembers earlier calls shows here. It is asked a third time when
  /// all other functions have seen other data, last of all: what they keep for it shows then.
  ///
  /// Each entry has a unit of its own if judged `byEntry`.
  ///
  /// `compositions` are, for a chain, the ways to put it together from the student's own functions:
  /// a wrong chain that is one of them carries their errors.
  @discardableResult
  func judge<Draw>(
    _ function: String,
    on draws: [Draw],
    ask: @escaping (Draw) throws -> [Tensor<Double>],
    expect: (Draw) -> [Expected],
    compositions: [(Draw) throws -> [Tensor<Double>]] = [],
    tolerance: Double = JudgeCase.tolerance,
    asksAgain: Bool = true,
    byEntry: Bool = false
  ) throws -> Judged {
    if isSearching {
      try search(asking: ask) { .returns(expect($0).map { ($0.name, $0.value) }) }
    }
    let isChain = !compositions.isEmpty
    var judged = Judged()
    if isComposing {
      compose(compositions, on: draws)
      return judged
    }
    if isChain { beginChain() }
    var first: [Tensor<Double>]?
    let general = traits
    defer { (sizes, traits) = ([:], general) }
    for draw in draws {
      let answers = try isChain ? keepingChain { try ask(draw) } : ask(draw)
      first = first ?? answers
      sizes = (draw as? any Sized)?.sizes ?? [:]
      traits = general + ((draw as? any Exchanging)?.traits(of: function) ?? [])
      for (whole, right) in zip(answers, expect(draw)) {
        let (answer, expected) = byEntry ? right.byEntry(whole) : (whole, right)
        let isRight = check(
          answer,
          equals: expected.value,
          scale: expected.scale,
          expected.name,
          tolerance: byEntry ? Self.toleranceOfEntries : tolerance
        )
        judged.add(answer, expected, isRight: isRight)
      }
    }
    if asksAgain, let first {
      judged.isRight = try judgeMemory(
        of: function,
        on: draws[0],
        first,
        scales: expect(draws[0]).map(\.scale),
        isChain: isChain,
        isRight: judged.isRight,
        ask
      )
    }
    if isChain, judged.isRight { forgetChain() }
    return judged
  }

  /// Asks for the first draw again, at once and after all else; says whether all is right so far.
  private func judgeMemory<Draw>(
    of function: String,
    on draw: Draw,
    _ first: [Tensor<Double>],
    scales: [Double],
    isChain: Bool,
    isRight: Bool,
    _ ask: @escaping (Draw) throws -> [Tensor<Double>]
  ) throws -> Bool {
    guard repeats(try ask(draw), first, scales: scales) else {
      if isChain { forgetChain() }
      tell(.notRepeatable(function: function))
      XCTFail("\(function): the first call repeated gives another answer")
      return false
    }
    judgeMemory(of: function, after: otherQuestions(like: draw), first: first, scales: scales) {
      try ask(draw)
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

  /// Checks that the six tensors have the shapes of a network of these sizes, and tells if not.
  func checkShapes(of p: Parameters, sizes: [Int]) -> Bool {
    let shapes = Parameters.shapes(sizes)
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

/// A draw that can follow one from which it differs in one argument alone.
protocol Exchanging {
  /// The argument, as the handout calls it.
  var exchanged: String? { get set }
}

extension Exchanging {
  /// The same, after a draw that has all arguments but this one in common with it.
  func exchanging(_ name: String) -> Self {
    var copy = self
    copy.exchanged = name
    return copy
  }

  /// The words for the student that set it apart from what this function was asked before.
  fileprivate func traits(of function: String) -> [String] {
    guard let exchanged, let name = Self.name(of: exchanged, in: function) else { return [] }
    return ["a new \(name) and all else as in the call before"]
  }

  /// A draw is of several functions; nil for one that is not given this argument, or no other.
  private static func name(of argument: String, in function: String) -> String? {
    switch (function, argument) {
    case ("softmax", _), ("relu", _), ("linear", "dZ"), ("gradLinear", "b"): nil
    case ("forward", "list of labels"): nil
    case ("gradReLU", _): argument == "dZ" ? "dA" : nil
    default: argument
    }
  }
}

extension Tensor where Scalar == Double {
  /// The bits of the numbers, which tell every value from every other, NaN included.
  var bits: [UInt64] { scalars.map(\.bitPattern) }
}
