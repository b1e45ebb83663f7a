import CourseKit

/// The samples of one training step.
///
/// Shapes: `x` `[n, d]`, one sample a row; `labels` holds `n` classes.
public struct Batch: Equatable, Sendable {
  /// The samples.
  public var x: Tensor<Double>
  /// The class of each sample, counted from 0.
  public var labels: [Int]

  /// Samples and their classes.
  public init(x: Tensor<Double>, labels: [Int]) {
    self.x = x
    self.labels = labels
  }
}

extension Dataset {
  /// Some of the samples, in the order of the indices.
  ///
  /// - Precondition: The indices are in range.
  public func batch(_ indices: some Collection<Int>) -> Batch {
    let width = x.shape[1]
    var scalars: [Double] = []
    scalars.reserveCapacity(indices.count * width)
    for index in indices { scalars += x.scalars[index * width..<(index + 1) * width] }
    return Batch(
      x: Tensor(shape: [indices.count, width], scalars: scalars),
      labels: indices.map { labels[$0] }
    )
  }
}

extension Batch: Wire {
  /// Appends the fields in order.
  public func encode(into writer: inout WireWriter) {
    x.encode(into: &writer)
    labels.encode(into: &writer)
  }

  /// Reads the fields in order.
  ///
  /// - Throws: `WireError` when the bytes hold something else.
  public init(from reader: inout WireReader) throws {
    x = try Tensor(from: &reader)
    labels = try [Int](from: &reader)
  }
}
