import CourseKit

/// The result of `layerNormBackward`, in the form in which it travels to the grader.
public struct LayerNormGradients: Equatable, Sendable {
  /// `∂J/∂x`, `[n, d]`.
  public let dX: Tensor<Double>
  /// `∂J/∂γ`, `[d]`.
  public let dGamma: Tensor<Double>
  /// `∂J/∂β`, `[d]`.
  public let dBeta: Tensor<Double>

  /// Gathers the three gradients.
  public init(dX: Tensor<Double>, dGamma: Tensor<Double>, dBeta: Tensor<Double>) {
    self.dX = dX
    self.dGamma = dGamma
    self.dBeta = dBeta
  }
}

extension LayerNormGradients: Wire {
  /// Appends the fields in order.
  public func encode(into writer: inout WireWriter) {
    for tensor in [dX, dGamma, dBeta] { tensor.encode(into: &writer) }
  }

  /// Reads the fields in order.
  ///
  /// - Throws: `WireError` when the bytes hold something else.
  public init(from reader: inout WireReader) throws {
    dX = try Tensor(from: &reader)
    dGamma = try Tensor(from: &reader)
    dBeta = try Tensor(from: &reader)
  }
}
