/// A batch without samples, where a mean over them was asked for.
public struct EmptyBatch: Error, Equatable, CustomStringConvertible {
  /// The operation's name, such as `softmax cross entropy`.
  public let operation: String

  /// Records the operation.
  public init(_ operation: String) { self.operation = operation }

  /// One sentence that names the operation.
  public var description: String { "\(operation): a mean over no samples has no value" }
}
