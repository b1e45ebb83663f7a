internal import CourseKit
internal import JudgeEvents
internal import JudgeOrders

/// The questions of a search for a counterexample, each of which is asked once.
final class SmallSearch {
  /// The search cannot go on, or there is none.
  struct Stop: Error {
    /// The counterexample that was found in that moment.
    var found: Counterexample?
  }

  /// A call that did not come back.
  struct End: Error {
    let ending: Counterexample.Ending
  }

  private enum Answer {
    case value(Any)
    case failure(any Error)
  }

  /// An answer that is known from an earlier search.
  struct Known: Error {
    let isWrong: Bool
  }

  /// The questions so far: true if the answer was wrong.
  private(set) var verdicts: [Bool] = []
  /// The answers of an earlier search; nil while questions are asked.
  private var replayed: [Bool]?
  /// The number of the question that was asked last.
  private var number = 0
  /// The question at which the worker ended, or was too late.
  private(set) var ended: Int?
  private var numbers: [[UInt8]: Int] = [:]
  private var known: [[UInt8]: Answer] = [:]
  private var last: (function: String, arguments: [ExampleValue], output: ExampleValue)?

  /// The value of the student's function: a question that was asked before costs nothing.
  func ask<Output, each Input>(
    _ function: Function<Output, repeat each Input>,
    of subject: Subject,
    _ limits: SearchLimits,
    _ input: repeat each Input
  ) throws -> Output {
    var arguments: [ExampleValue] = []
    for argument in repeat each input { arguments.append(ExampleValue(argument)) }
    last = (function.name, arguments, .none)
    let key = function.request(repeat each input)
    number = numbers[key] ?? verdicts.count
    if let replayed {
      guard number < replayed.count else { throw Stop() }
      begin(key)
      throw Known(isWrong: replayed[number])
    }
    let answer: Answer
    if let kept = known[key] {
      answer = kept
    } else {
      guard ended == nil, number < limits.questions else { throw Stop() }
      begin(key)
      let isDeadly = limits.deadly.contains(number)
      answer = Self.answer(
        isDeadly
          ? nil
          : {
            try subject.call(
              function,
              by: .now + .milliseconds(limits.milliseconds),
              repeat each input
            )
          },
        limits
      )
      if case .failure(is End) = answer, !isDeadly { ended = number }
      known[key] = answer
    }
    switch answer {
    case .value(let value):
      guard let output = value as? Output else { throw Stop() }
      last?.output = ExampleValue(output)
      return output
    case .failure(let error): throw error
    }
  }

  private func begin(_ key: [UInt8]) {
    guard numbers[key] == nil else { return }
    numbers[key] = number
    verdicts.append(false)
  }

  /// Enters that the last answer was wrong.
  func enterWrong() { verdicts[number] = true }

  /// Goes by the answers of an earlier search, if there are some.
  func replay(_ verdicts: [Bool]) { replayed = verdicts.isEmpty ? nil : verdicts }

  /// Asks from here on, as if nothing had been asked.
  func endReplay() {
    replayed = nil
    numbers = [:]
    verdicts = []
  }

  private static func answer<Output>(
    _ ask: (() throws -> Output)?,
    _ limits: SearchLimits
  ) -> Answer {
    guard let ask else { return .failure(End(ending: .ended)) }
    do {
      return .value(try ask())
    } catch Subject.Failure.tooLate {
      return .failure(End(ending: .late(milliseconds: limits.milliseconds)))
    } catch is Subject.Failure {
      return .failure(End(ending: .ended))
    } catch {
      return .failure(error)
    }
  }

  // MARK: What the last answer shows

  /// The counterexample that the last answer is; nil if all of it is right.
  func counterexample(
    _ answers: [Tensor<Double>],
    _ right: SmallAnswer,
    properties: (_ result: String, _ function: String) -> [BrokenProperty.Property]
  ) -> Counterexample? {
    guard let last else { return nil }
    if let error = right.error {
      return counterexample(ending: .returned, right, mustThrow: error)
    }
    let wrong = zip(answers, right.results).filter { !Self.isRight($0, $1.value) }
    guard !wrong.isEmpty else { return nil }
    let results = wrong.map { yours, right in
      let part = last.output.part(like: yours, called: right.name)
      let value = part?.value ?? ExampleValue(yours)
      return Counterexample.Result(
        name: right.name,
        path: part?.path ?? [],
        yours: value,
        right: value.alike(right.value)
      )
    }
    var example = Self.example(last.function, last.arguments, .returned, results)
    for (wrong, result) in zip(wrong, results) where example.broken == nil {
      // A shape that is not the right one has nothing to be summed, and can be beyond all memory.
      guard wrong.0.shape == wrong.1.value.shape else { continue }
      for property in properties(result.name, last.function) where example.broken == nil {
        example.broken = property.failure(in: wrong.0).map {
          BrokenProperty(
            name: result.name,
            path: result.path,
            property,
            place: $0.place,
            yours: ExampleNumber($0.yours)
          )
        }
      }
    }
    return example
  }

  /// The counterexample that a call is which ended so, whatever it should have given.
  func counterexample(
    ending: Counterexample.Ending,
    _ right: SmallAnswer,
    mustThrow: String? = nil
  ) -> Counterexample? {
    guard let last else { return nil }
    let results = right.results.map {
      Counterexample.Result(name: $0.name, path: [], yours: nil, right: ExampleValue($0.value))
    }
    var example = Self.example(last.function, last.arguments, ending, results)
    example.mustThrow = mustThrow ?? right.error
    return example
  }

  private static func example(
    _ function: String,
    _ arguments: [ExampleValue],
    _ ending: Counterexample.Ending,
    _ results: [Counterexample.Result]
  ) -> Counterexample {
    Counterexample(
      function: function,
      arguments: arguments.map { .init("", $0) },
      ending: ending,
      results: results
    )
  }

  /// The error, in units of the largest entry or 1, from which on an answer is shown as wrong.
  ///
  /// It is seen in the digits that people read, and says nothing of what the tests excuse.
  private static let loudness = 1e-3

  private static func isRight(_ yours: Tensor<Double>, _ right: Tensor<Double>) -> Bool {
    guard yours.shape == right.shape else { return false }
    let limit = loudness * right.scalars.reduce(1) { max($0, abs($1)) }
    return zip(yours.scalars, right.scalars).allSatisfy { abs($0 - $1) <= limit }
  }
}

extension BrokenProperty.Property {
  /// The first place where a tensor lacks the property; nil if it has it, or is no matrix where it
  /// is of rows and columns.
  func failure(in tensor: Tensor<Double>) -> (place: Int, yours: Double)? {
    func first(_ values: [Double], _ holds: (Double) -> Bool) -> (place: Int, yours: Double)? {
      values.firstIndex { !holds($0) }.map { ($0, values[$0]) }
    }
    func sums(_ axis: Int) -> [Double] {
      tensor.rank == 2 ? tensor.sum(axis: axis).scalars : []
    }
    switch self {
    case .columnsSumToZero: return first(sums(0)) { abs($0) <= 1e-3 }
    case .rowsSumToZero: return first(sums(1)) { abs($0) <= 1e-3 }
    case .rowsSumToOne: return first(sums(1)) { abs($0 - 1) <= 1e-3 }
    case .notNegative: return first(tensor.scalars) { $0 >= -1e-3 }
    case .zero: return first(tensor.scalars) { abs($0) <= 1e-3 }
    }
  }
}
