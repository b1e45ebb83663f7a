/// Weighs every number by the share of a normal distribution that lies below it.
///
/// `y = x Φ(x)`, with `Φ(x) = (1 + erf(x / √2)) / 2` in the exact form, and
/// `Φ(x) ≈ (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2` in the other.
///
/// Shapes: `x` `[...]`; the output is `[...]`.
///
/// Source: Hendrycks & Gimpel 2016.
public struct GELU<Scalar: LectureScalar>: Activation {
  /// The ways to compute Φ.
  public enum Form: Equatable, Sendable {
    /// Through the error function.
    case exact
    /// Through the hyperbolic tangent; differs by up to 5e-4.
    case tanh
  }

  /// The way in which Φ is computed.
  public let form: Form
  /// The function that is applied.
  public var function: ActivationFunction { form == .exact ? .gelu : .geluTanh }

  /// A layer that computes Φ in the given form.
  public init(_ form: Form = .exact) { self.form = form }
}
