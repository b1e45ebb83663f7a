import CourseKit

/// The intermediate results of the forward pass, which the backward pass needs again.
///
/// `n` samples, `h1` and `h2` hidden units, `k` classes.
public struct Trace: Equatable, Sendable {
  /// The first hidden layer before its ReLU, `[n, h1]`.
  public var z1: Tensor<Double>
  /// The first hidden layer, `[n, h1]`.
  public var a1: Tensor<Double>
  /// The second hidden layer before its ReLU, `[n, h2]`.
  public var z2: Tensor<Double>
  /// The second hidden layer, `[n, h2]`.
  public var a2: Tensor<Double>
  /// The output, `[n, k]`: one number per class, the largest wins.
  public var logits: Tensor<Double>

  /// Gathers the five tensors.
  public init(
    z1: Tensor<Double>,
    a1: Tensor<Double>,
    z2: Tensor<Double>,
    a2: Tensor<Double>,
    logits: Tensor<Double>
  ) {
    self.z1 = z1
    self.a1 = a1
    self.z2 = z2
    self.a2 = a2
    self.logits = logits
  }
}

extension Trace: Wire {
  /// Appends the fields in order.
  public func encode(into writer: inout WireWriter) {
    for tensor in [z1, a1, z2, a2, logits] { tensor.encode(into: &writer) }
  }

  /// Reads the fields in order.
  ///
  /// - Throws: `WireError` when the bytes hold something else.
  public init(from reader: inout WireReader) throws {
    z1 = try Tensor(from: &reader)
    a1 = try Tensor(from: &reader)
    z2 = try Tensor(from: &reader)
    a2 = try Tensor(from: &reader)
    logits = try Tensor(from: &reader)
  }
}
