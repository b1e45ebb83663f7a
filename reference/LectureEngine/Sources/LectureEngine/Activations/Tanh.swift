/// Presses every number into the range from -1 to 1, or as wide as its amplitude says.
///
/// `y = amplitude · tanh(slope · x)`.
///
/// Shapes: `x` `[...]`; the output is `[...]`.
public struct Tanh<Scalar: LectureScalar>: Activation {
  /// The largest value that the output comes close to.
  public let amplitude: Double
  /// The factor of the input.
  public let slope: Double
  /// The function that is applied.
  public var function: ActivationFunction { .tanh(amplitude: amplitude, slope: slope) }

  /// A hyperbolic tangent, the plain one unless scaled.
  public init(amplitude: Double = 1, slope: Double = 1) {
    self.amplitude = amplitude
    self.slope = slope
  }

  /// LeNet-5's: `1.7159 tanh(2x / 3)`, which maps -1 and 1 to themselves, nearly.
  ///
  /// Source: LeCun, Bottou, Bengio & Haffner 1998, appendix A.
  public static var scaled: Tanh { Tanh(amplitude: 1.7159, slope: 2.0 / 3.0) }
}
