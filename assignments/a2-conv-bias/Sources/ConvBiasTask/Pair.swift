import CourseKit

/// Two whole numbers, down the rows and along the columns, in the form in which they travel to the
/// grader: a stride, a padding, the size of a filter or of an image.
public struct Pair: Equatable, Sendable {
  /// The number for the rows.
  public let down: Int
  /// The number for the columns.
  public let along: Int

  /// A pair from the tuple that functions take.
  public init(_ tuple: (down: Int, along: Int)) {
    (down, along) = tuple
  }

  /// The pair as functions take it.
  public var tuple: (Int, Int) { (down, along) }
}

extension Pair: Wire {
  /// Appends the fields in order.
  public func encode(into writer: inout WireWriter) {
    down.encode(into: &writer)
    along.encode(into: &writer)
  }

  /// Reads the fields in order.
  ///
  /// - Throws: `WireError` when the bytes hold something else.
  public init(from reader: inout WireReader) throws {
    down = try Int(from: &reader)
    along = try Int(from: &reader)
  }
}
