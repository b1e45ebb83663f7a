/// Presses every number into the range from 0 to 1.
///
/// `y = 1 / (1 + e⁻ˣ)`; no input overflows into NaN.
///
/// Shapes: `x` `[...]`; the output is `[...]`.
public struct Sigmoid<Scalar: LectureScalar>: Activation {
  /// The function that is applied.
  public var function: ActivationFunction { .sigmoid }

  /// The layer; it has nothing to choose.
  public init() {}
}
