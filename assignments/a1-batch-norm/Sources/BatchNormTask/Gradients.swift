import CourseKit

/// The result of `batchNormBackward`, in the form in which it travels to the grader.
public struct BatchNormGradients: Equatable, Sendable {
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

extension BatchNormGradients: Wire {
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

/// The result of `smallNetworkGradients`, in the form in which it travels to the grader.
public struct SmallNetworkGradients: Equatable, Sendable {
  /// `J`.
  public let loss: Double
  /// `∂J/∂W₁`, `[d, h]`.
  public let dW1: Tensor<Double>
  /// `∂J/∂γ`, `[h]`.
  public let dGamma: Tensor<Double>
  /// `∂J/∂β`, `[h]`.
  public let dBeta: Tensor<Double>
  /// `∂J/∂W₂`, `[h, k]`.
  public let dW2: Tensor<Double>

  /// Gathers the loss and the four gradients.
  public init(
    loss: Double,
    dW1: Tensor<Double>,
    dGamma: Tensor<Double>,
    dBeta: Tensor<Double>,
    dW2: Tensor<Double>
  ) {
    self.loss = loss
    self.dW1 = dW1
    self.dGamma = dGamma
    self.dBeta = dBeta
    self.dW2 = dW2
  }
}

extension SmallNetworkGradients: Wire {
  /// Appends the fields in order.
  public func encode(into writer: inout WireWriter) {
    loss.encode(into: &writer)
    for tensor in [dW1, dGamma, dBeta, dW2] { tensor.encode(into: &writer) }
  }

  /// Reads the fields in order.
  ///
  /// - Throws: `WireError` when the bytes hold something else.
  public init(from reader: inout WireReader) throws {
    loss = try Double(from: &reader)
    dW1 = try Tensor(from: &reader)
    dGamma = try Tensor(from: &reader)
    dBeta = try Tensor(from: &reader)
    dW2 = try Tensor(from: &reader)
  }
}
