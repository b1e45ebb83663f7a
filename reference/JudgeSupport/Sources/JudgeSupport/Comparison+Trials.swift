internal import CourseKit
internal import Foundation
internal import JudgeEvents

extension Comparison {
  /// The way in which an answer is wrong.
  enum Difference: Equatable {
    case shape
    /// So many entries are NaN or infinite.
    case notFinite(Int)
    /// So many entries are wrong, most of all the one at `worst`.
    case values(Int, worst: Int)
  }

  /// The way in which the answer is wrong; nil if it is right.
  var difference: Difference? {
    guard yours.shape == reference.shape else { return .shape }
    let infinite = yours.scalars.count { !$0.isFinite }
    guard infinite == 0 else { return .notFinite(infinite) }
    // A reference made of a student's own answers may hold what is no number.
    let errors = zip(yours.scalars, reference.scalars).map { yours, right in
      right.isNaN ? .infinity : abs(yours - right) / scale
    }
    guard let worst = errors.indices.max(by: { errors[$0] < errors[$1] }),
      !(errors[worst] <= tolerance)
    else { return nil }
    return .values(errors.count { !($0 <= tolerance) }, worst: worst)
  }

  /// The words for staff, with hidden values.
  func staffText(of difference: Difference) -> String {
    switch difference {
    case .shape: "\(what): shape \(yours.shape), expected \(reference.shape)"
    case .notFinite(let count): "\(what): \(count) of \(yours.count) entries are not finite"
    case .values(let count, let worst):
      "\(what): \(count) of \(yours.count) entries wrong, worst at \(worst): "
        + "\(yours.scalars[worst]), expected \(reference.scalars[worst]), "
        + "error \(abs(yours.scalars[worst] - reference.scalars[worst]) / scale) of scale \(scale)"
    }
  }

  // MARK: All trials

  /// The ways in which tensors are wrong, each told of all trials at once.
  static func findings(in comparisons: [Comparison]) -> [Finding] {
    byName(comparisons).flatMap { trials in
      let wrong = trials.map { (trial: $0, difference: $0.difference) }
      return [shapeFinding(wrong), finitenessFinding(wrong), valueFinding(wrong)]
        .compactMap(\.self)
    }
  }

  private typealias Judged = [(trial: Comparison, difference: Difference?)]

  private static func shapeFinding(_ judged: Judged) -> Finding? {
    guard let first = judged.first(where: { $0.difference == .shape })?.trial else { return nil }
    return .wrongShape(
      what: first.what,
      yours: first.yours.shape,
      expected: first.reference.shape,
      trials: trials(in: judged) { $0 == .shape }
    )
  }

  private static func finitenessFinding(_ judged: Judged) -> Finding? {
    let counts = judged.map { judged in
      if case .notFinite(let count) = judged.difference { count } else { 0 }
    }
    guard let worst = counts.indices.max(by: { counts[$0] < counts[$1] }), counts[worst] > 0 else {
      return nil
    }
    return .notFinite(
      what: judged[worst].trial.what,
      count: counts[worst],
      of: judged[worst].trial.yours.count,
      trials: trials(in: judged) { if case .notFinite = $0 { true } else { false } }
    )
  }

  private static func valueFinding(_ judged: Judged) -> Finding? {
    var worst: (trial: Comparison, count: Int, error: Double)?
    for (trial, difference) in judged {
      guard case .values(let count, _) = difference else { continue }
      let error = trial.relativeError ?? 0
      if worst == nil || error > worst?.error ?? 0 { worst = (trial, count, error) }
    }
    guard let worst else { return nil }
    let exponent = log10(worst.error).rounded()
    return .wrongValues(
      what: worst.trial.what,
      count: worst.count,
      of: worst.trial.yours.count,
      exponent: exponent.isFinite ? Int(exponent) : nil,
      trials: trials(in: judged) { if case .values = $0 { true } else { false } }
    )
  }

  /// The largest error in units of the largest right entry; nil where that is zero, to rounding.
  private var relativeError: Double? {
    let largest = reference.scalars.map { abs($0) }.max() ?? 0
    guard largest > tolerance * scale else { return nil }
    return zip(yours.scalars, reference.scalars).map { abs($0 - $1) / largest }.max()
  }

  private static func trials(in judged: Judged, _ isSuch: (Difference?) -> Bool) -> Trials? {
    // The only trial needs no words.
    guard judged.count > 1 else { return nil }
    let wrong = judged.map { isSuch($0.difference) }
    let count = wrong.count { $0 }
    return Trials(wrong: count, of: wrong.count, only: property(of: judged.map(\.trial), wrong))
  }
}
