public import CourseKit
internal import Foundation
internal import JudgeEvents
internal import XCTest

extension JudgeCase {
  /// The largest error, in units of a tensor's scale, that rounding may excuse.
  ///
  /// Worst right answer: 2e-14 in Double, 1.2e-6 in Float; gentlest wrong one: 3e-3.
  public static var tolerance: Double { 1e-5 }

  /// Compares a tensor with the reference's: shape, finiteness, then `max |yours - reference|`
  /// in units of `scale`.
  ///
  /// `scale` is the largest entry of the same formula with every addend made absolute; > 0.
  /// `what` is what the student calls the tensor, such as `dX`.
  ///
  /// `directions` are tensors of the same shape, such as `x̂`, that an error may be proportional
  /// to.
  ///
  /// - Returns: Whether they agree. If not, the test has failed and the student has been told.
  @discardableResult
  public func check(
    _ yours: Tensor<Double>,
    equals reference: Tensor<Double>,
    scale: Double,
    _ what: String,
    tolerance: Double = JudgeCase.tolerance,
    directions: [String: Tensor<Double>] = [:],
    file: StaticString = #filePath,
    line: UInt = #line
  ) -> Bool {
    precondition(scale > 0 && scale.isFinite, "the scale of \(what) is \(scale)")
    comparisons.append(
      Comparison(
        what: what,
        yours: yours,
        reference: reference,
        scale: scale,
        sizes: sizes,
        directions: directions
      )
    )
    if let finding = compare(
      yours,
      with: reference,
      scale: scale,
      what,
      tolerance: tolerance
    ) {
      tell(finding.student)
      XCTFail(finding.staff, file: file, line: line)
      return false
    }
    return true
  }

  /// Compares a number with the reference's in units of `scale`.
  @discardableResult
  public func check(
    _ yours: Double,
    equals reference: Double,
    scale: Double,
    _ what: String,
    tolerance: Double = JudgeCase.tolerance,
    file: StaticString = #filePath,
    line: UInt = #line
  ) -> Bool {
    check(
      Tensor(shape: [], scalars: [yours]),
      equals: Tensor(shape: [], scalars: [reference]),
      scale: scale,
      what,
      tolerance: tolerance,
      file: file,
      line: line
    )
  }

  private func compare(
    _ yours: Tensor<Double>,
    with reference: Tensor<Double>,
    scale: Double,
    _ what: String,
    tolerance: Double
  ) -> (student: Finding, staff: String)? {
    guard yours.shape == reference.shape else {
      return (
        .wrongShape(what: what, yours: yours.shape, expected: reference.shape),
        "\(what): shape \(yours.shape), expected \(reference.shape)"
      )
    }
    let infinite = yours.scalars.count { !$0.isFinite }
    guard infinite == 0 else {
      return (
        .notFinite(what: what, count: infinite, of: yours.count),
        "\(what): \(infinite) of \(yours.count) entries are not finite"
      )
    }
    let errors = zip(yours.scalars, reference.scalars).map { abs($0 - $1) / scale }
    let worst = errors.indices.max { errors[$0] < errors[$1] }
    guard let worst, !(errors[worst] <= tolerance) else { return nil }
    let wrong = errors.count { !($0 <= tolerance) }
    return (
      .wrongValues(
        what: what,
        count: wrong,
        of: errors.count,
        exponent: Int(log10(errors[worst]).rounded(.down))
      ),
      "\(what): \(wrong) of \(errors.count) entries wrong, worst at \(worst): "
        + "\(yours.scalars[worst]), expected \(reference.scalars[worst]), "
        + "error \(errors[worst]) of scale \(scale)"
    )
  }
}
