/// The error of a function that you have not written yet.
public struct NotImplemented: Error, Equatable, CustomStringConvertible {
  /// The function that is still missing.
  public let function: String

  /// Records the function it is thrown from.
  public init(_ function: String = #function) {
    self.function = function
  }

  /// One sentence that names the function.
  public var description: String { "\(function) is not implemented yet" }
}
