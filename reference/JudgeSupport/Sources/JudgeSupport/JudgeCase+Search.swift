public import CourseKit
internal import JudgeEvents
internal import JudgeOrders

extension JudgeWork {
  /// The bounds of a search; nil for other work.
  var limits: SearchLimits? { if case .search(let limits) = self { limits } else { nil } }
}

/// The value that a function should have given.
public struct SmallAnswer {
  /// The results, as the student calls them, with their right values.
  let results: [(name: String, value: Tensor<Double>)]
  /// The error that it should throw instead, by its type's name.
  let error: String?

  /// Right results.
  public static func returns(_ results: [(name: String, value: Tensor<Double>)]) -> SmallAnswer {
    SmallAnswer(results: results, error: nil)
  }

  /// A right error.
  public static func throwing(_ error: String) -> SmallAnswer {
    SmallAnswer(results: [], error: error)
  }
}

extension JudgeCase {
  /// Searches the small draws of a type for the smallest input on which a function is wrong, and
  /// reports what comes of it; the test is over then.
  ///
  /// The draws are the same for everybody, and none of them is asked for where the test judges.
  ///
  /// - Parameters:
  ///   - ask: Asks the function, once, for its results on a draw.
  ///   - expect: What is right.
  /// - Throws: The end of the test.
  public func search<Draw>(
    asking ask: (Draw) throws -> [Tensor<Double>],
    expecting expect: (Draw) -> SmallAnswer
  ) throws {
    guard let draws = SmallDraws<Draw>.ofType else { throw SmallSearch.Stop() }
    let search = SmallSearch()
    self.search = search
    func wrong(_ draw: Draw) throws -> Counterexample? {
      try counterexample(on: draw, in: search, ask, expect)
    }
    var found: Counterexample?
    do {
      // No seed: a slip has one counterexample, whoever makes it.
      var generator = Generator(seed: 1)
      var current: Draw?
      for number in 0... {
        guard let draw = draws.draw(number, &generator) else { break }
        guard draws.isFit(draw), let example = try wrong(draw) else { continue }
        (current, found) = (draw, example)
        break
      }
      if let draw = current {
        for simplify in draws.simpler(draw) {
          guard let simpler = current.flatMap(simplify), draws.isFit(simpler),
            let example = try wrong(simpler)
          else { continue }
          (current, found) = (simpler, example)
        }
      }
    } catch let stop as SmallSearch.Stop {
      found = stop.found ?? found
    }
    write(.searched(Search(questions: search.questions, found: found, ended: search.ended)))
    throw SmallSearch.Stop()
  }

  /// The counterexample that a draw is; nil if the function is right there.
  ///
  /// - Throws: `SmallSearch.Stop` where the search cannot go on.
  private func counterexample<Draw>(
    on draw: Draw,
    in search: SmallSearch,
    _ ask: (Draw) throws -> [Tensor<Double>],
    _ expect: (Draw) -> SmallAnswer
  ) throws -> Counterexample? {
    let right = expect(draw)
    do {
      let answers = try ask(draw)
      return search.counterexample(answers, right) { properties(of: $0, from: $1) }
    } catch let error as ThrownError {
      if case .notImplemented = error { throw SmallSearch.Stop() }
      if error.kind == right.error { return nil }
      return search.counterexample(ending: .threw(error: error.words), right)
    } catch let end as SmallSearch.End {
      let found = search.counterexample(ending: end.ending, right)
      // A worker that ended can be asked no more; one that is known to end was not asked.
      if search.ended != nil { throw SmallSearch.Stop(found: found) }
      return found
    }
  }
}

extension ThrownError {
  /// The error by its type, without what it says of the arguments.
  fileprivate var words: String {
    if case .other(let text) = self { return Finding.name(ofError: text) }
    return kind
  }
}
