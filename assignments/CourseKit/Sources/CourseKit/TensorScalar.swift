/// A number that a `Tensor` can hold: `Float` or `Double`, and nothing else.
public protocol TensorScalar: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
  /// Proof that the type is one of the two that the kernels know.
  static var kernels: Kernels<Self> { get }
}

/// The kernels of one scalar type; only `Float` and `Double` have them.
public struct Kernels<Scalar>: Sendable {
  let exp: @Sendable (Scalar) -> Scalar
  let log: @Sendable (Scalar) -> Scalar
}
