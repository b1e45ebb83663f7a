import CourseKit

/// The numbers of parameters of a convolution, and of two layers that could take its place.
public struct Counts: Equatable, Sendable {
  /// Of the convolution: its filters and one bias per output channel.
  public var convolution: Int
  /// Of biases alone, if every output position of every channel had one of its own.
  public var biasPerPosition: Int
  /// Of a dense layer with the same inputs and outputs: its weights and one bias per output.
  public var dense: Int

  /// The three numbers.
  public init(convolution: Int, biasPerPosition: Int, dense: Int) {
    self.convolution = convolution
    self.biasPerPosition = biasPerPosition
    self.dense = dense
  }
}

extension Counts: Wire {
  /// Appends the fields in order.
  public func encode(into writer: inout WireWriter) {
    for count in [convolution, biasPerPosition, dense] { count.encode(into: &writer) }
  }

  /// Reads the fields in order.
  ///
  /// - Throws: `WireError` when the bytes hold something else.
  public init(from reader: inout WireReader) throws {
    convolution = try Int(from: &reader)
    biasPerPosition = try Int(from: &reader)
    dense = try Int(from: &reader)
  }
}
