/// Samples to learn from, or to be tested on.
///
/// Shapes: `x` `[n, d]`, one sample a row; `labels` holds `n` classes.
public struct Dataset: Equatable, Sendable {
  /// The samples.
  public let x: Tensor<Double>
  /// The class of each sample, counted from 0.
  public let labels: [Int]

  /// The number of samples.
  public var count: Int { labels.count }

  /// Samples and their classes.
  ///
  /// - Precondition: `x` is a matrix with a row for each label.
  public init(x: Tensor<Double>, labels: [Int]) {
    guard x.rank == 2, x.shape[0] == labels.count else {
      fail("Dataset: x of shape \(x.shape) with \(labels.count) labels")
    }
    self.x = x
    self.labels = labels
  }
}

extension Dataset: Wire {
  /// Appends the fields in order.
  public func encode(into writer: inout WireWriter) {
    x.encode(into: &writer)
    labels.encode(into: &writer)
  }

  /// Reads the fields in order.
  ///
  /// - Throws: `WireError` when the bytes hold something else.
  public init(from reader: inout WireReader) throws {
    let x = try Tensor<Double>(from: &reader)
    let labels = try [Int](from: &reader)
    guard x.rank == 2, x.shape[0] == labels.count else {
      throw WireError.malformed("x of shape \(x.shape) with \(labels.count) labels")
    }
    self.init(x: x, labels: labels)
  }
}
