/// The form of the reader's answer: the version and kinds of its frames.
///
/// The answer is `signature`, then frames: one byte for the kind, four for the length of the
/// payload, the payload. Numbers are little-endian, text is UTF-8 with its length in two bytes.
/// `layout` comes first if at all, `end` is last and must be there.
enum ListingFrame: UInt8 {
  case layout = 1
  case entry
  case ignored
  case note
  case failure
  case end

  /// Changes with every change of what follows.
  static let signature = Array("chainrule-intake-1\n".utf8)
}

/// The reason why an answer of the reader was not understood.
package enum ListingError: Error, Equatable {
  case badSignature
  /// The answer stops inside a frame, or without the last one.
  case cutOff
  case unknownFrame(UInt8)
  /// A frame that is not allowed there, or more than once.
  case misplacedFrame(UInt8)
  case badValue
  case badText
  /// A path that would leave its folder, or two for one entry.
  case unsafePath
  /// More than an honest reader sends.
  case tooMuch
  /// Bytes are left in a frame, or after the last one.
  case surplus
}

/// A place in bytes that cannot be left: each read is checked against what is there.
struct ListingCursor {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  /// The number of bytes that are left.
  var remaining: Int { rest.count }

  /// The next bytes, without copying them.
  mutating func take(_ count: Int) throws(ListingError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= rest.count else { throw .cutOff }
    let taken = rest.prefix(count)
    rest = rest.dropFirst(count)
    return taken
  }

  mutating func integer<T: FixedWidthInteger & UnsignedInteger>(
    _ type: T.Type = T.self
  ) throws(ListingError) -> T {
    try take(T.bitWidth / 8).reversed().reduce(0) { $0 << 8 | T(truncatingIfNeeded: $1) }
  }

  mutating func text() throws(ListingError) -> String {
    let count = try integer(UInt16.self)
    guard let text = String(validating: try take(Int(count)), as: UTF8.self) else {
      throw .badText
    }
    return text
  }

  /// A text to show; absent when it is empty.
  mutating func name() throws(ListingError) -> ShownName? {
    let text = try text()
    return text.isEmpty ? nil : ShownName(text)
  }

  mutating func value<T: RawRepresentable>(
    _ type: T.Type = T.self
  ) throws(ListingError) -> T where T.RawValue == UInt8 {
    guard let value = T(rawValue: try integer()) else { throw .badValue }
    return value
  }
}

extension [UInt8] {
  mutating func append(integer: some FixedWidthInteger & UnsignedInteger) {
    Swift.withUnsafeBytes(of: integer.littleEndian) { append(contentsOf: $0) }
  }

  /// Appends the text, cut to what its length field can say.
  mutating func append(text: String) {
    var bytes = Array(text.utf8.prefix(Int(UInt16.max)))
    while String(validating: bytes, as: UTF8.self) == nil { bytes.removeLast() }
    append(integer: UInt16(bytes.count))
    append(contentsOf: bytes)
  }
}
