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
    guard let draws = SmallDraws<Draw>.ofType, let limits else { throw SmallSearch.Stop() }
    let search = SmallSearch()
    self.search = search
    var found: Counterexample?
    func isWrong(_ draw: Draw) throws -> Bool {
      do {
        guard let example = try counterexample(on: draw, in: search, ask, expect) else {
          return false
        }
        search.enterWrong()
        found = example
        return true
      } catch let known as SmallSearch.Known {
        return known.isWrong
      } catch let stop as SmallSearch.Stop {
        if let last = stop.found {
          search.enterWrong()
          found = last
        }
        throw stop
      }
    }
    search.replay(limits.verdicts)
    let draw = smallest(of: draws, where: isWrong)
    if let draw, !limits.verdicts.isEmpty {
      search.endReplay()
      _ = try? isWrong(draw)
    }
    write(.searched(Search(verdicts: search.verdicts, found: found, ended: search.ended)))
    throw SmallSearch.Stop()
  }

  /// The first small draw that is wrong, made as simple as it stays so until questions end; nil if
  /// none is.
  private func smallest<Draw>(
    of draws: SmallDraws<Draw>,
    where isWrong: (Draw) throws -> Bool
  ) -> Draw? {
    // No seed: a slip has one counterexample, whoever makes it.
    var generator = Generator(seed: 1)
    var current: Draw?
    do {
      var number = 0
      while current == nil {
        guard let draw = draws.draw(number, &generator) else { return nil }
        number += 1
        if draws.isFit(draw), try isWrong(draw) { current = draw }
      }
      for simplify in current.map(draws.simpler) ?? [] {
        guard let simpler = current.flatMap(simplify), draws.isFit(simpler) else { continue }
        if try isWrong(simpler) { current = simpler }
      }
    } catch {
      // What was found until then counts.
    }
    return current
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
