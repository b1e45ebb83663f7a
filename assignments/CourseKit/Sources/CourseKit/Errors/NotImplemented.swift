/// The error of a function that you have not written yet.
public struct NotImplemented: Error, Equatable, CustomStringConvertible {
  /// The function that is still missing.
  public let function: String
  /// The module and the name of the file it is thrown in, such as `BatchNorm/Forward.swift`.
  public let file: String

  /// Records the function it is thrown from, and its file.
  public init(_ function: String = #function, file: String = #fileID) {
    self.function = function
    self.file = file
  }

  /// One sentence that names the function and the file to write it in.
  public var description: String {
    "\(function.prefix { $0 != "(" }) is not implemented yet: Sources/\(file)"
  }
}
