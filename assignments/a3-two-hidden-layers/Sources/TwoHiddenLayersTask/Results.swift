import CourseKit

/// The result of `gradLinear`, in the form in which it travels to the grader.
public struct LinearGradients: Equatable, Sendable {
  /// `∂J/∂x`, `[n, d]`.
  public let dX: Tensor<Double>
  /// `∂J/∂W`, `[d, m]`.
  public let dW: Tensor<Double>
  /// `∂J/∂b`, `[m]`.
  public let dB: Tensor<Double>

  /// Gathers the three gradients.
  public init(dX: Tensor<Double>, dW: Tensor<Double>, dB: Tensor<Double>) {
    self.dX = dX
    self.dW = dW
    self.dB = dB
  }
}

extension LinearGradients: Wire {
  /// Appends the fields in order.
  public func encode(into writer: inout WireWriter) {
    for tensor in [dX, dW, dB] { tensor.encode(into: &writer) }
  }

  /// Reads the fields in order.
  ///
  /// - Throws: `WireError` when the bytes hold something else.
  public init(from reader: inout WireReader) throws {
    dX = try Tensor(from: &reader)
    dW = try Tensor(from: &reader)
    dB = try Tensor(from: &reader)
  }
}

/// The result of `trainSteps`, in the form in which it travels to the grader.
public struct TrainedSteps: Equatable, Sendable {
  /// The parameters after the last step.
  public let parameters: Parameters
  /// The loss of each batch before its step.
  public let losses: [Double]

  /// Gathers both.
  public init(parameters: Parameters, losses: [Double]) {
    self.parameters = parameters
    self.losses = losses
  }
}

extension TrainedSteps: Wire {
  /// Appends the fields in order.
  public func encode(into writer: inout WireWriter) {
    parameters.encode(into: &writer)
    losses.encode(into: &writer)
  }

  /// Reads the fields in order.
  ///
  /// - Throws: `WireError` when the bytes hold something else.
  public init(from reader: inout WireReader) throws {
    parameters = try Parameters(from: &reader)
    losses = try [Double](from: &reader)
  }
}
