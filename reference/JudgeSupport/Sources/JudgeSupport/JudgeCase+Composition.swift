public import CourseKit
internal import JudgeEvents

/// A right answer of a step to inputs that need not be right.
public struct RightAnswer {
  /// The value.
  let value: Tensor<Double>
  /// The unit in which an answer may differ.
  let scale: Double

  /// A value, and its formula with every addend made absolute.
  public init(_ value: Tensor<Double>, terms: Tensor<Double>) {
    self.value = value
    scale = terms.scalars.max() ?? 0
  }
}

extension JudgeCase {
  // MARK: While the chain is judged

  /// Begins a question to a chain, whose answers are kept for the grader until they are known to be
  /// right.
  ///
  /// - Parameter question: The number by which its composition is found; nil for the next.
  public func beginChain(question: Int? = nil) {
    let number = question ?? chainQuestions
    chains.append(ChainAnswers(question: number))
    chainQuestions = number + 1
  }

  /// Keeps the chain's answer on the next draw, or the way in which it gives none.
  ///
  /// - Parameters:
  ///   - limits: The distance of each tensor that rounding excuses; 1e-9 of its largest entry where
  ///     there is none.
  ///   - ask: Asks the chain.
  /// - Returns: The answer.
  /// - Throws: What `ask` throws.
  public func keepingChain(
    limits: [Double] = [],
    _ ask: () throws -> [Tensor<Double>]
  ) throws -> [Tensor<Double>] {
    let last = chains.count - 1
    do {
      let answers = try ask()
      chains[last].draws.append(Self.answers(answers, limits: limits))
      return answers
    } catch {
      chains[last].end = lastEnd ?? "\(error)"
      throw error
    }
  }

  /// Forgets the last chain's answers: they are right, or there is nothing in them to be carried.
  public func forgetChain() { _ = chains.popLast() }

  private static func answers(
    _ tensors: [Tensor<Double>],
    limits: [Double] = []
  ) -> [ChainAnswers.Answer] {
    tensors.enumerated().map { index, tensor in
      let limit = index < limits.count ? limits[index] : nil
      return ChainAnswers.Answer(shape: tensor.shape, values: tensor.scalars, limit: limit)
    }
  }

  // MARK: While it is put together

  /// Puts the chain together on the draws in each of these ways, and reports what comes out.
  ///
  /// The chain itself is not asked: nothing that it does can change what its steps answer here.
  ///
  /// - Parameters:
  ///   - routes: The ways.
  ///   - only: The indices of the ways that are gone; nil for all.
  ///   - question: The number of the chain's question; nil for the next.
  ///   - draws: The draws.
  /// - Returns: For each way the answers, up to its end.
  @discardableResult
  public func compose<Draw>(
    _ routes: [(Draw) throws -> [Tensor<Double>]],
    only: [Int]? = nil,
    question: Int? = nil,
    on draws: [Draw]
  ) -> [[[Tensor<Double>]]] {
    let question = question ?? chainQuestions
    chainQuestions = question + 1
    var all = [[[Tensor<Double>]]](repeating: [], count: routes.count)
    // A worker that has ended says nothing of the steps that it is asked for afterwards.
    for (index, route) in routes.enumerated() where !isOver && only?.contains(index) != false {
      steps = []
      var answers = ChainAnswers(question: question)
      do {
        for draw in draws {
          let tensors = try route(draw)
          all[index].append(tensors)
          answers.draws.append(Self.answers(tensors))
        }
      } catch {
        answers.end = lastEnd ?? ChainAnswers.misfit
        isOver = !(error is ThrownError) && lastEnd != nil
      }
      write(.composed(Composition(route: index, answers: answers, steps: steps)))
    }
    return all
  }

  /// Asks a step of a composition, and reports whether each of its results is right.
  ///
  /// - Parameters:
  ///   - tests: The rubric's ids of the tests of its results, one for each.
  ///   - inputs: All tensors that it is given.
  ///   - isFit: False if their shapes are not those that it is asked for: then no answer is right.
  ///   - results: The tensors of its answer, in the order of `tests`.
  ///   - right: For each result the answers that are right.
  ///   - ask: Asks it.
  /// - Returns: Its answer.
  /// - Throws: What `ask` throws.
  public func step<Value>(
    _ tests: [String],
    on inputs: [Tensor<Double>],
    isFit: Bool,
    results: (Value) -> [Tensor<Double>],
    right: (Value) throws -> [[RightAnswer]],
    _ ask: () throws -> Value
  ) throws -> Value {
    let isSeeing = isFit && inputs.allSatisfy { $0.scalars.allSatisfy(\.isFinite) }
    let value: Value
    do {
      value = try ask()
    } catch {
      for test in tests { report(test, isRight: true, isBlind: isSeeing) }
      throw error
    }
    guard isSeeing else {
      for test in tests { report(test, isRight: true, isBlind: false) }
      return value
    }
    for ((test, result), right) in zip(zip(tests, results(value)), try right(value)) {
      report(
        test,
        isRight: right.contains { Self.isRight(result, by: $0) },
        isBlind: !result.scalars.allSatisfy(\.isFinite)
          || !right.contains { $0.value.shape == result.shape }
      )
    }
    return value
  }

  /// Asks a step of a composition that has one result.
  public func step(
    _ test: String,
    on inputs: [Tensor<Double>],
    isFit: Bool,
    right: () throws -> [RightAnswer],
    _ ask: () throws -> Tensor<Double>
  ) throws -> Tensor<Double> {
    try step(
      [test],
      on: inputs,
      isFit: isFit,
      results: { [$0] },
      right: { _ in [try right()] },
      ask
    )
  }

  private func report(_ test: String, isRight: Bool, isBlind: Bool) {
    guard let index = steps.firstIndex(where: { $0.test == test }) else {
      return steps.append(
        .init(test: test, isRight: isRight, isBlind: isBlind, function: lastFunction)
      )
    }
    steps[index].isRight = steps[index].isRight && isRight
    steps[index].isBlind = steps[index].isBlind || isBlind
  }

  private static func isRight(_ yours: Tensor<Double>, by right: RightAnswer) -> Bool {
    guard yours.shape == right.value.shape else { return false }
    return zip(yours.scalars, right.value.scalars).allSatisfy {
      abs($0 - $1) <= tolerance * right.scale
    }
  }
}
