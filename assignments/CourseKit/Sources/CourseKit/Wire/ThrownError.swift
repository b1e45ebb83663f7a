/// An error that the student's function threw, as it travels.
public enum ThrownError: Error, Equatable, Sendable {
  /// The stub is still there.
  case notImplemented(String)
  /// The arguments' shapes do not fit.
  case shapeMismatch(ShapeMismatch)
  /// The batch is too small for what was asked.
  case batchTooSmall(count: Int)
  /// Something else; the text is the student's.
  case other(String)

  /// The longest text that travels, in scalars: a character can have any number of them.
  private static let longestText = 1_000
  /// More axes than any tensor has.
  private static let mostAxes = 8

  init(_ error: any Error) {
    switch error {
    case let error as NotImplemented: self = .notImplemented(Self.cut(error.function))
    case let error as ShapeMismatch: self = .shapeMismatch(Self.cut(error))
    case let error as BatchTooSmall: self = .batchTooSmall(count: error.count)
    default: self = .other(Self.cut("\(error)"))
    }
  }

  private static func cut(_ text: String) -> String {
    String(text.unicodeScalars.prefix(longestText))
  }

  private static func cut(_ error: ShapeMismatch) -> ShapeMismatch {
    ShapeMismatch(
      cut(error.operation),
      Array(error.left.prefix(mostAxes)),
      Array(error.right.prefix(mostAxes))
    )
  }
}

extension ThrownError: Wire {
  /// Appends the value's bytes.
  public func encode(into writer: inout WireWriter) {
    switch self {
    case .notImplemented(let function):
      writer.append(0 as UInt8)
      writer.append(function)
    case .shapeMismatch(let error):
      writer.append(1 as UInt8)
      writer.append(error.operation)
      error.left.encode(into: &writer)
      error.right.encode(into: &writer)
    case .batchTooSmall(let count):
      writer.append(2 as UInt8)
      count.encode(into: &writer)
    case .other(let text):
      writer.append(3 as UInt8)
      writer.append(text)
    }
  }

  /// Reads a value from bytes that may have been written by anybody.
  public init(from reader: inout WireReader) throws {
    switch try reader.integer(UInt8.self) {
    case 0: self = .notImplemented(try reader.text())
    case 1:
      self = .shapeMismatch(
        ShapeMismatch(
          try reader.text(),
          try Self.shape(from: &reader),
          try Self.shape(from: &reader)
        )
      )
    case 2: self = .batchTooSmall(count: try Int(from: &reader))
    case 3: self = .other(try reader.text())
    case let byte: throw WireError.malformed("an error of kind \(byte)")
    }
  }

  private static func shape(from reader: inout WireReader) throws -> [Int] {
    let shape = try [Int](from: &reader)
    guard shape.count <= mostAxes else {
      throw WireError.malformed("a shape of \(shape.count) axes")
    }
    return shape
  }
}
