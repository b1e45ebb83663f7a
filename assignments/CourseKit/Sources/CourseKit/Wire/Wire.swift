/// A value that can cross the socket between a worker and the program that asks it.
///
/// A structure conforms by writing its fields in order and reading them back in the same order.
public protocol Wire {
  /// Appends the value's bytes.
  func encode(into writer: inout WireWriter)

  /// Reads a value from bytes that may have been written by anybody.
  ///
  /// - Throws: `WireError` when the bytes do not hold such a value.
  init(from reader: inout WireReader) throws
}

/// A fault of bytes that came over the wire.
public enum WireError: Error, Equatable, Sendable {
  /// The value needs more bytes than there are.
  case truncated(needed: Int, available: Int)
  /// The bytes are there, but they mean nothing.
  case malformed(String)
  /// The value ended before the bytes did.
  case trailing(count: Int)
}

/// Collects bytes: little-endian integers, IEEE 754 doubles, so that NaN and infinities survive.
public struct WireWriter: Sendable {
  /// The bytes written so far.
  public private(set) var bytes: [UInt8] = []
  /// The doubles and whole numbers among it, in their order.
  public private(set) var numbers: [Double] = []

  /// An empty writer.
  public init() {}

  /// Appends a double.
  public mutating func append(_ value: Double) {
    append(value.bitPattern)
    numbers.append(value)
  }

  /// Appends a whole number.
  public mutating func append(_ value: Int) {
    append(Int64(value))
    numbers.append(Double(value))
  }

  /// Appends the bytes of an integer, least significant first.
  public mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Appends a run of doubles without their number.
  public mutating func append(_ values: [Double]) {
    bytes.reserveCapacity(bytes.count + values.count * 8)
    for value in values { append(value.bitPattern) }
    numbers.append(contentsOf: values)
  }

  /// Appends text in UTF-8 behind its length.
  public mutating func append(_ text: String) {
    let utf8 = Array(text.utf8)
    append(UInt32(utf8.count))
    bytes.append(contentsOf: utf8)
  }
}

/// Reads bytes that may be hostile: every length is checked before anything is allocated.
public struct WireReader: Sendable {
  private let bytes: [UInt8]
  private var position = 0

  /// A reader at the first byte.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The number of all bytes.
  var count: Int { bytes.count }

  /// The number of bytes that have not been read.
  public var remaining: Int { bytes.count - position }

  /// Reads an integer, least significant byte first.
  ///
  /// - Throws: `WireError.truncated` when the bytes end too soon.
  public mutating func integer<Value: FixedWidthInteger>(_: Value.Type) throws -> Value {
    let size = Value.bitWidth / 8
    try need(size)
    var value: Value = 0
    for index in 0..<size {
      value |= Value(truncatingIfNeeded: bytes[position + index]) << Value(8 * index)
    }
    position += size
    return value
  }

  /// Reads a run of doubles.
  ///
  /// - Parameter count: How many; at least 0.
  /// - Returns: The doubles, NaN and infinities included.
  /// - Throws: `WireError` when fewer are left.
  public mutating func doubles(_ count: Int) throws -> [Double] {
    guard count >= 0, count <= remaining / 8 else {
      throw WireError.truncated(needed: count, available: remaining)
    }
    let start = position
    position += count * 8
    return bytes.withUnsafeBytes { raw in
      (0..<count).map { index in
        let bits = raw.loadUnaligned(fromByteOffset: start + index * 8, as: UInt64.self)
        return Double(bitPattern: UInt64(littleEndian: bits))
      }
    }
  }

  /// The most bytes of a text.
  static let longestText = 4 << 10

  /// Reads text that stands behind its length.
  ///
  /// - Throws: `WireError` when the bytes end too soon, are not UTF-8, or are more than 4 KiB.
  public mutating func text() throws -> String {
    let count = Int(try integer(UInt32.self))
    guard count <= Self.longestText else { throw WireError.malformed("a text of \(count) bytes") }
    try need(count)
    defer { position += count }
    guard let text = String(validating: bytes[position..<position + count], as: UTF8.self) else {
      throw WireError.malformed("text that is not UTF-8")
    }
    return text
  }

  /// Demands that every byte has been read.
  ///
  /// - Throws: `WireError.trailing` when some are left.
  public func finish() throws {
    guard remaining == 0 else { throw WireError.trailing(count: remaining) }
  }

  private func need(_ count: Int) throws {
    guard count <= remaining else {
      throw WireError.truncated(needed: count, available: remaining)
    }
  }
}
