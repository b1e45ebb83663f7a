import CourseKit

/// Ways to choose the parameters that training starts from.
public enum Initializer: Equatable, Sendable {
  /// All weights and biases are 0.
  case zero
  /// All weights and biases are normal with this standard deviation.
  case gaussian(Double)
  /// Weights are normal with variance 1 / (number of inputs of the layer); biases are 0.
  case xavier
  /// Weights are normal with variance 2 / (number of inputs of the layer); biases are 0.
  case kaiming
}

extension Initializer: Wire {
  /// Appends the value's bytes.
  public func encode(into writer: inout WireWriter) {
    switch self {
    case .zero: writer.append(0 as UInt8)
    case .gaussian(let deviation):
      writer.append(1 as UInt8)
      deviation.encode(into: &writer)
    case .xavier: writer.append(2 as UInt8)
    case .kaiming: writer.append(3 as UInt8)
    }
  }

  /// Reads a value from bytes.
  ///
  /// - Throws: `WireError` when the bytes hold something else.
  public init(from reader: inout WireReader) throws {
    switch try reader.integer(UInt8.self) {
    case 0: self = .zero
    case 1: self = .gaussian(try Double(from: &reader))
    case 2: self = .xavier
    case 3: self = .kaiming
    case let byte: throw WireError.malformed("an initializer of kind \(byte)")
    }
  }
}
