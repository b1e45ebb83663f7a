public import CourseKit

/// A question whose answer tells a derived gradient from one that is made of differences.
public struct Probe {
  /// The name for staff.
  public let name: String
  /// Asks the function.
  public let answers: () throws -> [Tensor<Double>]
  /// What is compared where a chain is held beside its steps: the answers, or what they show.
  public let evidence: ([Tensor<Double>]) -> [Tensor<Double>]
  /// The distance of each tensor of the evidence that rounding excuses.
  public let limits: [Double]
  private let outcome: ([Tensor<Double>]) -> Outcome
  private let again: (() -> Probe)?

  /// A question about values, of which each has to be within a thousandth of its unit.
  ///
  /// Right code stays below 1e-5, differences are above 3e-3 where the question fits. The probe
  /// fails if all answers are wrong.
  ///
  /// - Parameters:
  ///   - name: The name for staff.
  ///   - right: The right answer and its unit on each instance.
  ///   - again: The same question in numbers that single precision holds. Without one, what is
  ///     not finite is wrong.
  ///   - answers: Asks on all instances.
  public init(
    _ name: String,
    right: [(value: Tensor<Double>, unit: Double)],
    again: (() -> Probe)? = nil,
    answers: @escaping () throws -> [Tensor<Double>]
  ) {
    self.name = name
    self.answers = answers
    self.again = again
    evidence = { $0 }
    limits = right.map { $0.unit * JudgeCase.tolerance }
    outcome = { answers in
      guard answers.count == right.count else { return .fails }
      let outcomes = zip(answers, right).map {
        Outcome(of: $0, right: $1.value, unit: $1.unit, isLast: again == nil)
      }
      if outcomes.contains(.passes) { return .passes }
      return outcomes.contains(.undecided) ? .undecided : .fails
    }
  }

  /// A question about numbers that are zero in any formula.
  ///
  /// - Parameters:
  ///   - name: The name for staff.
  ///   - zeros: These numbers, in the answers; nil if those do not have the right shapes.
  ///   - answers: Asks on all instances.
  public init(
    _ name: String,
    zeros: @escaping ([Tensor<Double>]) -> [ExactZero]?,
    answers: @escaping () throws -> [Tensor<Double>]
  ) {
    let outcome = { (answers: [Tensor<Double>]) -> Outcome in
      guard let zeros = zeros(answers) else { return .fails }
      let outcomes = zeros.map(\.outcome)
      if outcomes.contains(.fails) { return .fails }
      return outcomes.contains(.undecided) ? .undecided : .passes
    }
    self.name = name
    self.answers = answers
    self.outcome = outcome
    again = nil
    // Differences are right to rounding: what counts is that they are differences.
    evidence = { [Tensor([outcome($0) == .fails ? 1.0 : 0])] }
    limits = [0.5]
  }

  /// Asks, and asks again what the answers leave undecided.
  ///
  /// - Throws: What the function throws, or the end of its worker.
  func ask() throws -> Outcome {
    let outcome = outcome(try answers())
    guard outcome == .undecided, let again else { return outcome }
    return try again().ask()
  }
}

extension Probe {
  /// What the answers to a probe say.
  public enum Outcome: Equatable, Sendable {
    /// They are as formulas give them.
    case passes
    /// They are not.
    case fails
    /// They say nothing, as an overflow of single precision does.
    case undecided

    /// The outcome of one answer by its values; if no other question follows, what is not finite
    /// is wrong.
    init(of yours: Tensor<Double>, right: Tensor<Double>, unit: Double, isLast: Bool) {
      guard yours.shape == right.shape else {
        self = .fails
        return
      }
      let pairs = zip(yours.scalars, right.scalars)
      if !isLast, pairs.contains(where: { !$0.isFinite || Self.isLost($0) && !Self.isLost($1) }) {
        self = .undecided
      } else {
        self = pairs.allSatisfy { abs($0 - $1) <= 1e-3 * unit } ? .passes : .fails
      }
    }

    /// True if a number is zero, or less than single precision holds with all its digits.
    private static func isLost(_ number: Double) -> Bool {
      abs(number) < Double(Float.leastNormalMagnitude)
    }
  }

  /// What all probes of a function say together.
  public enum Verdict: Equatable, Sendable {
    /// It is derived.
    case derived
    /// One probe alone fails, which convicts nobody.
    case doubtful(String)
    /// These probes fail.
    case differenced([String])
    /// It threw wherever it failed, this at first.
    case threw(ThrownError)
  }

  /// Asks probes until the worker ends.
  ///
  /// A function has to return: an error fails a probe, and so does the end of the worker, but once.
  ///
  /// - Returns: What they say together.
  public static func verdict(of probes: [Probe]) -> Verdict {
    var (failed, errors): ([String], [ThrownError]) = ([], [])
    for probe in probes {
      do {
        if try probe.ask() == .fails { failed.append(probe.name) }
      } catch let error as ThrownError {
        failed.append(probe.name)
        errors.append(error)
      } catch {
        failed.append(probe.name)
        break
      }
    }
    guard failed.count > 1 else { return failed.first.map(Verdict.doubtful) ?? .derived }
    if let error = errors.first, errors.count == failed.count { return .threw(error) }
    return .differenced(failed)
  }
}
