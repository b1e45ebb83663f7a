import CourseKit
import JudgeEvents
import JudgeSupport
import XCTest

/// The base of this assignment's hidden tests.
class BatchNormCase: JudgeCase {
  /// The largest error, in units, of code that computes in `Double`, though a small constant of its
  /// own be in it; single precision errs by 1e-8 on some draw.
  private static let precision = 5e-10
  /// More than a formula in `Double` errs, and less than differences do.
  private static let formulaError = 1e-12

  override func properties(
    of result: String,
    from function: String
  ) -> [BrokenProperty.Property] {
    switch (function, result) {
    case ("batchNormBackward", "dX"), ("batchNormBackwardClosed", "dX"): [.columnsSumToZero]
    case ("batchVariance", _): [.notNegative]
    default: []
    }
  }

  /// Asks for the student's tensors on every draw, then on the first one again.
  ///
  /// The second answer to the same question must be the same but for rounding, whatever was asked
  /// between: a function that remembers earlier calls shows here. It is asked a third time when
  /// all other functions have seen other data, last of all: what they keep for it shows then.
  ///
  /// Whose answers are those of code in `Double` is asked for extreme numbers too.
  ///
  /// - Parameters:
  ///   - function: The function as the student calls it.
  ///   - questions: The draws.
  ///   - ask: Asks for the answers on a draw.
  ///   - expect: The right ones.
  ///   - compositions: For a chain, the ways to put it together from the student's own steps: a
  ///     wrong chain that is one of them carries their errors.
  ///   - judgeDerivation: Looks for differences, and says whether it found some. A wrong function
  ///     is not asked; a threshold, which only extreme numbers may show, is no difference.
  /// - Throws: What `ask` throws.
  func judge<Draw>(
    _ function: String,
    on questions: Questions<Draw>,
    ask: @escaping (Draw) throws -> [Tensor<Double>],
    expect: (Draw) -> [Expected],
    compositions: [(Draw) throws -> [Tensor<Double>]] = [],
    judgeDerivation: () -> Bool = { false }
  ) throws {
    if isSearching {
      try search(asking: ask) { .returns(expect($0).map { ($0.name, $0.value) }) }
    }
    if isComposing {
      compose(compositions, on: questions, expect: expect)
      _ = judgeDerivation()
      return
    }
    let first = questions.ordinary[0]
    let chain = compositions.isEmpty ? nil : 0
    let judged = try judge(
      questions.common,
      measuring: questions.ordinary.count,
      chain: chain,
      ask: ask,
      expect: expect
    )
    let scales = expect(first).map(\.scale)
    guard repeats(try ask(first), judged.first, scales: scales) else {
      if chain != nil, !judged.isRight { forgetChain() }
      tell(.notRepeatable(function: function))
      return XCTFail("\(function): the first call repeated gives another answer")
    }
    func askExtremes() throws -> Bool {
      let chain = chain.map { $0 + 1 }
      return try judge(questions.extreme, chain: chain, ask: ask, expect: expect).isRight
    }
    if judged.isRight, judged.error <= Self.precision {
      _ = try judgeClose(questions.close, ask: ask, expect: expect)
    }
    if judged.isRight {
      if judged.error <= Self.formulaError {
        if try askExtremes() { _ = judgeDerivation() }
      } else if !judgeDerivation(), judged.error <= Self.precision {
        _ = try askExtremes()
      }
    }
    judgeMemory(
      of: function,
      after: otherQuestions(like: first),
      first: judged.first,
      scales: scales
    ) {
      try ask(first)
    }
  }

  /// Asks the questions near the first, which only answers in `Double` tell apart from it.
  private func judgeClose<Draw>(
    _ draws: [Draw],
    ask: (Draw) throws -> [Tensor<Double>],
    expect: (Draw) -> [Expected]
  ) throws -> Bool {
    try draws.allSatisfy { draw in
      zip(try ask(draw), expect(draw)).allSatisfy { answer, expected in
        check(
          answer,
          equals: expected.value,
          scale: expected.scale,
          expected.name,
          tolerance: 2 * Self.precision
        )
      }
    }
  }

  /// The answers on some draws, of which the first so many measure the error; a chain's are kept
  /// for the grader unless all are right.
  private func judge<Draw>(
    _ draws: [Draw],
    measuring count: Int = 0,
    chain: Int?,
    ask: (Draw) throws -> [Tensor<Double>],
    expect: (Draw) -> [Expected]
  ) throws -> (first: [Tensor<Double>], isRight: Bool, error: Double) {
    if let chain { beginChain(question: chain) }
    var first: [Tensor<Double>] = []
    var (isRight, error) = (true, 0.0)
    for (index, draw) in draws.enumerated() {
      let answers = try chain == nil ? ask(draw) : keepingChain { try ask(draw) }
      if index == 0 { first = answers }
      sizes = (draw as? any Sized)?.sizes ?? [:]
      traits = (draw as? any Sized)?.traits ?? []
      let expected = expect(draw)
      let isGraded = (draw as? any Sized)?.isGraded ?? false
      for (answer, expected) in zip(answers, expected) {
        let (expected, answer) =
          isGraded ? expected.byColumn(answer) : (expected: expected, answer: answer)
        let agrees = check(
          answer,
          equals: expected.value,
          scale: expected.scale,
          expected.name,
          directions: expected.directions
        )
        isRight = isRight && agrees
      }
      if index < count { error = max(error, Self.error(answers, expected)) }
    }
    (sizes, traits) = ([:], [])
    if chain != nil, isRight { forgetChain() }
    return (first, isRight, error)
  }

  private static func error(_ answers: [Tensor<Double>], _ expected: [Expected]) -> Double {
    zip(answers, expected).map { $0.error(from: $1) }.reduce(0) { $0.isNaN || $1 <= $0 ? $0 : $1 }
  }

  /// Puts a chain together on the draws on which it was asked if it is one of these compositions.
  private func compose<Draw>(
    _ routes: [(Draw) throws -> [Tensor<Double>]],
    on questions: Questions<Draw>,
    expect: (Draw) -> [Expected]
  ) {
    let composed = compose(routes, question: 0, on: questions.common)
    let expected = questions.common.map(expect)
    let precise = composed.indices.filter { route in
      composed[route].count == expected.count
        && zip(composed[route], expected).enumerated().allSatisfy { index, pair in
          let limit = index < questions.ordinary.count ? Self.precision : Self.tolerance
          return Self.error(pair.0, pair.1) <= limit
        }
    }
    compose(routes, only: precise, question: 1, on: questions.extreme)
  }

  /// Judges a function with one result on arguments that do not belong together.
  ///
  /// `arguments` are those that nothing else determines.
  func judgeLoose<each Argument>(
    _ function: String,
    exchanging arguments: repeat WritableKeyPath<Loose, each Argument>,
    ask: @escaping (Loose) throws -> Tensor<Double>,
    expect: (Loose) -> Expected,
    judgeDerivation: () -> Bool = { false }
  ) throws {
    var generator = generator()
    let questions = Loose.questions(using: &generator).exchanging(
      repeat each arguments,
      drawing: { Loose(for: Batch(6, 4, using: &generator), using: &generator) }
    )
    try judge(
      function,
      on: questions,
      ask: { [try ask($0)] },
      expect: { [expect($0)] },
      judgeDerivation: judgeDerivation
    )
  }

  /// Judges a function with one result on this test's batches.
  func judge<each Argument>(
    _ function: String,
    exchanging arguments: repeat WritableKeyPath<Batch, each Argument>,
    ask: @escaping (Batch) throws -> Tensor<Double>,
    expect: (Batch) -> Expected
  ) throws {
    var generator = generator()
    let questions = Batch.questions(using: &generator).exchanging(
      repeat each arguments,
      drawing: { Batch(6, 4, using: &generator) }
    )
    try judge(
      function,
      on: questions,
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
  /// True if each column of an answer is compared in its own unit.
  var isGraded: Bool { get }
}

extension Batch: Sized {
  var sizes: [String: Int] { ["n": x.shape[0], "d": x.shape[1]] }
  var traits: [String] {
    x.traits + (variance.scalars.contains(0) ? ["a constant feature"] : [])
      + (isGraded ? ["columns of very different sizes"] : [])
  }
}

extension Loose: Sized {
  var sizes: [String: Int] { batch.sizes }
  var traits: [String] { batch.traits }
  var isGraded: Bool { batch.isGraded }
}

extension Network: Sized {
  var sizes: [String: Int] {
    ["n": x.shape[0], "d": x.shape[1], "h": w1.shape[1], "k": w2.shape[1]]
  }
  var traits: [String] { x.traits + (isGraded ? ["columns of very different sizes"] : []) }
}

extension Tensor where Scalar == Double {
  /// The size of its numbers, if that is out of the ordinary.
  fileprivate var traits: [String] {
    let largest = absolute.scalars.max() ?? 0
    let bounds = [
      ("x below 1e-3", largest < 1e-3), ("x below 1e-20", largest < 1e-20),
      ("x above 1e3", largest > 1e3), ("x above 1e20", largest > 1e20),
    ]
    return bounds.filter(\.1).map(\.0)
  }
}
