import CourseKit

/// The result of `foldBatchNorm`, in the form in which it travels to the grader.
public struct FoldedConvolution: Equatable, Sendable {
  /// The filters, `[o, c, kh, kw]`.
  public let weight: Tensor<Double>
  /// The bias, `[o]`.
  public let bias: Tensor<Double>

  /// Gathers both.
  public init(weight: Tensor<Double>, bias: Tensor<Double>) {
    self.weight = weight
    self.bias = bias
  }
}

extension FoldedConvolution: Wire {
  /// Appends the fields in order.
  public func encode(into writer: inout WireWriter) {
    weight.encode(into: &writer)
    bias.encode(into: &writer)
  }

  /// Reads the fields in order.
  ///
  /// - Throws: `WireError` when the bytes hold something else.
  public init(from reader: inout WireReader) throws {
    weight = try Tensor(from: &reader)
    bias = try Tensor(from: &reader)
  }
}
