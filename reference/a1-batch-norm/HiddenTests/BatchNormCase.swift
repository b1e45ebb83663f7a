import CourseKit
import JudgeEvents
import JudgeSupport
import XCTest

/// The base of this assignment's hidden tests.
class BatchNormCase: JudgeCase {
  /// Asks for the student's tensors on every draw, then on the first one again.
  ///
  /// The second answer to the same question must be the same but for rounding, whatever was asked
  /// between: a function that remembers earlier calls shows here. It is asked a third time when
  /// all other functions have seen other data, last of all: what they keep for it shows then.
  ///
  /// `compositions` are, for a chain, the ways to put it together from the student's own steps: a
  /// wrong chain that is one of them carries their errors. Says whether all answers were right.
  @discardableResult
  func judge<Draw>(
    _ function: String,
    on draws: [Draw],
    ask: @escaping (Draw) throws -> [Tensor<Double>],
    expect: (Draw) -> [Expected],
    compositions: [(Draw) throws -> [Tensor<Double>]] = []
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
      traits = (draw as? any Sized)?.traits ?? []
      for (answer, expected) in zip(answers, expect(draw)) {
        let agrees = check(
          answer,
          equals: expected.value,
          scale: expected.scale,
          expected.name,
          directions: expected.directions
        )
        isRight = isRight && agrees
      }
    }
    (sizes, traits) = ([:], [])
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
    if isChain, isRight { forgetChain() }
    return isRight
  }

  /// Judges a function with one result on arguments that do not belong together; says whether all
  /// were right.
  @discardableResult
  func judgeLoose(
    _ function: String,
    ask: @escaping (Loose) throws -> Tensor<Double>,
    expect: (Loose) -> Expected
  ) throws -> Bool {
    var generator = generator()
    return try judge(
      function,
      on: Loose.draws(using: &generator),
      ask: { [try ask($0)] },
      expect: { [expect($0)] }
    )
  }

  /// Judges a function with one result on this test's batches; says whether all were right.
  @discardableResult
  func judge(
    _ function: String,
    ask: @escaping (Batch) throws -> Tensor<Double>,
    expect: (Batch) -> Expected
  ) throws -> Bool {
    var generator = generator()
    return try judge(
      function,
      on: Batch.draws(using: &generator),
      ask: { [try ask($0)] },
      expect: { [expect($0)] }
    )
  }
}

/// A draw whose sizes have names in the handout.
protocol Sized {
  var sizes: [String: Int] { get }
  /// What else can set its wrong answers apart from others.
  var traits: [String] { get }
}

extension Batch: Sized {
  var sizes: [String: Int] { ["n": x.shape[0], "d": x.shape[1]] }
  var traits: [String] { x.traits + (variance.scalars.contains(0) ? ["a constant feature"] : []) }
}

extension Loose: Sized {
  var sizes: [String: Int] { batch.sizes }
  var traits: [String] { batch.traits }
}

extension Network: Sized {
  var sizes: [String: Int] {
    ["n": x.shape[0], "d": x.shape[1], "h": w1.shape[1], "k": w2.shape[1]]
  }
  var traits: [String] { x.traits }
}

extension Tensor where Scalar == Double {
  /// The size of its numbers, if that is out of the ordinary.
  fileprivate var traits: [String] {
    let largest = absolute.scalars.max() ?? 0
    return largest < 1e-3 ? ["x below 1e-3"] : largest > 1e3 ? ["x above 1e3"] : []
  }
}
