/// What a comparison of a claimed gradient with finite differences found.
public struct GradientReport: Equatable, Sendable, CustomStringConvertible {
  /// What the gradient is called in messages, such as `dX`.
  public let name: String
  /// Whether the claim has the right shape, is finite, and agrees within the tolerance.
  public let passed: Bool
  /// The largest difference, over the scale; NaN when shapes differ or a number is not finite.
  public let error: Double
  /// Where the largest difference is, one index per axis.
  public let worstIndex: [Int]
  /// The claimed value there.
  public let claimed: Double
  /// The finite difference there.
  public let numeric: Double
  /// What the difference was divided by.
  public let scale: Double
  /// The step of the finite differences.
  public let step: Double
  /// The largest error that passes.
  public let tolerance: Double
  /// What was found, in words a student can act on.
  public let explanation: String

  /// The explanation.
  public var description: String { explanation }
}
