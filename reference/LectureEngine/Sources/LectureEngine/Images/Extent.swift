/// A height and a width, in pixels; `3` stands for 3 by 3.
public struct Extent: Equatable, Hashable, Sendable, ExpressibleByIntegerLiteral {
  /// The number of rows.
  public let height: Int
  /// The number of columns.
  public let width: Int

  /// A height and a width.
  public init(_ height: Int, _ width: Int) {
    self.height = height
    self.width = width
  }

  /// The same in both directions.
  public init(integerLiteral value: Int) { self.init(value, value) }

  /// Both as they stand in a shape.
  var shape: [Int] { [height, width] }
}
