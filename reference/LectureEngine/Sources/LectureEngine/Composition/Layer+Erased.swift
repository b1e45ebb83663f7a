internal import CourseKit

// For layers that hold others of unknown kinds: caches travel without their types.
extension Layer {
  func erasedForward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: any Sendable) {
    try forward(input, mode: mode)
  }

  /// - Precondition: The cache is one of this layer's.
  func erasedBackward(
    _ dOutput: Tensor<Scalar>,
    cache: any Sendable
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    try backward(dOutput, cache: own(cache))
  }

  /// - Precondition: The cache is one of this layer's.
  func erasedParameterGradients(
    _ dOutput: Tensor<Scalar>,
    cache: any Sendable
  ) throws -> Gradients<Scalar> {
    try parameterGradients(dOutput, cache: own(cache))
  }

  /// - Precondition: The cache is one of this layer's.
  mutating func erasedAbsorb(_ cache: any Sendable) { absorb(own(cache)) }

  private func own(_ cache: any Sendable) -> Cache {
    guard let cache = cache as? Cache else {
      preconditionFailure("\(Self.self): a cache of another layer, \(type(of: cache))")
    }
    return cache
  }
}
