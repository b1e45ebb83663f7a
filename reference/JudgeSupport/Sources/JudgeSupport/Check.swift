public import CourseKit
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
  /// - Returns: Whether they agree. If not, the test has failed; the student is told of all trials
  ///   at its end.
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
    let comparison = Comparison(
      what: what,
      yours: yours,
      reference: reference,
      scale: scale,
      tolerance: tolerance,
      sizes: sizes,
      traits: traits,
      directions: directions
    )
    comparisons.append(comparison)
    guard let difference = comparison.difference else { return true }
    XCTFail(comparison.staffText(of: difference), file: file, line: line)
    return false
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
}
