internal import LectureKernels

/// The functions that activations apply.
public enum ActivationFunction: Equatable, Sendable {
  /// `x` where it is not negative, else 0.
  case relu
  /// `x` where it is not negative, else `slope · x`.
  case leakyReLU(slope: Double)
  /// `1 / (1 + e⁻ˣ)`.
  case sigmoid
  /// `amplitude · tanh(slope · x)`.
  case tanh(amplitude: Double, slope: Double)
  /// `x Φ(x)`, with the normal distribution Φ.
  case gelu
  /// `x Φ(x)`, with Φ approximated through tanh.
  case geluTanh
}

extension ActivationFunction {
  /// The kernel's name for the function, and its two parameters.
  var kernel: (function: lk_activation, a: Double, b: Double) {
    switch self {
    case .relu: (.relu, 0, 0)
    case .leakyReLU(let slope): (.leaky_relu, slope, 0)
    case .sigmoid: (.sigmoid, 0, 0)
    case .tanh(let amplitude, let slope): (.tanh, amplitude, slope)
    case .gelu: (.gelu, 0, 0)
    case .geluTanh: (.gelu_tanh, 0, 0)
    }
  }
}
