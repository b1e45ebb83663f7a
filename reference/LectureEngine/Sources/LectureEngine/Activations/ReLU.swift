/// Keeps what is positive and lets the rest be 0.
///
/// `y = max(x, 0)`. The gradient passes where `x` is not negative, so also at exactly 0: that is
/// the slides' mask, `z < 0 -> 0`. PyTorch's own ReLU has the derivative 0 there.
///
/// Shapes: `x` `[...]`; the output is `[...]`.
public struct ReLU<Scalar: LectureScalar>: Activation {
  /// The function that is applied.
  public var function: ActivationFunction { .relu }

  /// The layer; it has nothing to choose.
  public init() {}
}
