import BatchNormTask
import CourseKit

/// A gradient of the small network.
enum NetworkGradient: String, CaseIterable {
  case dW1, dGamma, dBeta, dW2

  /// The student's.
  func part(of gradients: SmallNetworkGradients) -> Tensor<Double> {
    switch self {
    case .dW1: gradients.dW1
    case .dGamma: gradients.dGamma
    case .dBeta: gradients.dBeta
    case .dW2: gradients.dW2
    }
  }

  /// The right one.
  func expected(on network: Network) -> Expected {
    let expected = network.expected
    return switch self {
    case .dW1: expected.dW1
    case .dGamma: expected.dGamma
    case .dBeta: expected.dBeta
    case .dW2: expected.dW2
    }
  }

  /// The entries of a tensor of its shape that belong to a hidden unit.
  func entries(of unit: Int, in gradient: Tensor<Double>) -> Tensor<Double> {
    switch self {
    case .dW1: gradient.transposed().row(unit)
    case .dGamma, .dBeta: gradient.reshaped(gradient.count, 1).row(unit)
    case .dW2: gradient.row(unit)
    }
  }
}
