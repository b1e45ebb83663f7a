import CourseKit

/// The statistics of the training data that batch normalization remembers for inference.
///
/// Shapes: `mean` `[o]`, `variance` `[o]`: one number per output channel of the convolution.
public struct Running: Equatable, Sendable {
  /// The running mean of each channel.
  public var mean: Tensor<Double>
  /// The running variance of each channel.
  public var variance: Tensor<Double>

  /// Both statistics, channel by channel.
  public init(mean: Tensor<Double>, variance: Tensor<Double>) {
    self.mean = mean
    self.variance = variance
  }
}

extension Running: Wire {
  /// Appends the fields in order.
  public func encode(into writer: inout WireWriter) {
    mean.encode(into: &writer)
    variance.encode(into: &writer)
  }

  /// Reads the fields in order.
  ///
  /// - Throws: `WireError` when the bytes hold something else.
  public init(from reader: inout WireReader) throws {
    mean = try Tensor(from: &reader)
    variance = try Tensor(from: &reader)
  }
}
