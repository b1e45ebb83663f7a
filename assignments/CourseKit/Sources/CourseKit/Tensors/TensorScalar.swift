/// A number that a `Tensor` can hold: `Float` or `Double`, and nothing else.
public protocol TensorScalar: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
  /// The arithmetic of this type; only `Float` and `Double` can have any.
  static var kernels: Kernels<Self> { get }
}
