import CourseKit

/// All that a network with two hidden layers learns; gradients have the same form.
///
/// `d` inputs, `h1` and `h2` hidden units, `k` classes.
public struct Parameters: Equatable, Sendable {
  /// Weights of the first layer, `[d, h1]`.
  public var w1: Tensor<Double>
  /// Biases of the first layer, `[h1]`.
  public var b1: Tensor<Double>
  /// Weights of the second layer, `[h1, h2]`.
  public var w2: Tensor<Double>
  /// Biases of the second layer, `[h2]`.
  public var b2: Tensor<Double>
  /// Weights of the output layer, `[h2, k]`.
  public var w3: Tensor<Double>
  /// Biases of the output layer, `[k]`.
  public var b3: Tensor<Double>

  /// Gathers the six tensors.
  public init(
    w1: Tensor<Double>,
    b1: Tensor<Double>,
    w2: Tensor<Double>,
    b2: Tensor<Double>,
    w3: Tensor<Double>,
    b3: Tensor<Double>
  ) {
    self.w1 = w1
    self.b1 = b1
    self.w2 = w2
    self.b2 = b2
    self.w3 = w3
    self.b3 = b3
  }
}

extension Parameters: Wire {
  /// Appends the fields in order.
  public func encode(into writer: inout WireWriter) {
    for tensor in [w1, b1, w2, b2, w3, b3] { tensor.encode(into: &writer) }
  }

  /// Reads the fields in order.
  ///
  /// - Throws: `WireError` when the bytes hold something else.
  public init(from reader: inout WireReader) throws {
    w1 = try Tensor(from: &reader)
    b1 = try Tensor(from: &reader)
    w2 = try Tensor(from: &reader)
    b2 = try Tensor(from: &reader)
    w3 = try Tensor(from: &reader)
    b3 = try Tensor(from: &reader)
  }
}
