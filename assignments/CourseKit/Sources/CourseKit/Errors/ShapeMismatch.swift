/// Two shapes that an operation cannot combine.
public struct ShapeMismatch: Error, Equatable, CustomStringConvertible {
  /// The operation's name, such as `matmul`.
  public let operation: String
  /// The shape of the left operand, or of what was given.
  public let left: [Int]
  /// The shape of the right operand, or of what was expected.
  public let right: [Int]

  /// Records the operation and the two shapes it was given.
  public init(_ operation: String, _ left: [Int], _ right: [Int]) {
    self.operation = operation
    self.left = left
    self.right = right
  }

  /// One sentence that names the operation and both shapes.
  public var description: String { "\(operation): shapes \(left) and \(right) do not fit together" }
}
