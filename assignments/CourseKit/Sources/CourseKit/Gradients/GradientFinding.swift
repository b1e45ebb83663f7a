/// The outcomes of a gradient check.
public enum GradientFinding: Equatable, Sendable {
  /// The claim is within the tolerance everywhere.
  case agrees
  /// The claim is wrong somewhere, in a way that may have a name.
  case differs(GradientPattern?)
  /// The claim does not have the shape of the input.
  case wrongShape(claimed: [Int], expected: [Int])
  /// The claim holds NaN or an infinity.
  case notFinite
  /// The function itself gives NaN or an infinity near the input.
  case functionNotFinite
  /// The function's output changes its shape when the input moves a little.
  case functionChangesShape(from: [Int], to: [Int])
}
