/// Keeps what is positive and lets a small share of the rest through.
///
/// `y = x` where `x` is not negative, else `slope · x`. The derivative at exactly 0 is 1.
///
/// Shapes: `x` `[...]`; the output is `[...]`.
public struct LeakyReLU<Scalar: LectureScalar>: Activation {
  /// The slope on the negative side.
  public let slope: Double
  /// The function that is applied.
  public var function: ActivationFunction { .leakyReLU(slope: slope) }

  /// A layer with the given slope on the negative side.
  public init(slope: Double = 0.01) { self.slope = slope }
}
