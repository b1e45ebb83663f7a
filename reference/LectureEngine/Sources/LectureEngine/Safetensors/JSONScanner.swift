/// Reads the JSON of a safetensors header: objects, strings and lists of counts; it passes over the
/// rest.
///
/// It never calls itself, so no nesting can exhaust the stack, and it sees names that stand twice,
/// which general decoders drop.
struct JSONScanner {
  private let text: ArraySlice<UInt8>
  private var position: Int

  init(_ text: ArraySlice<UInt8>) {
    self.text = text
    position = text.startIndex
  }

  /// The number of bytes that have been read.
  var place: Int { position - text.startIndex }

  /// Reads an object; `member` reads each value.
  mutating func object(
    _ member: (inout JSONScanner, _ key: String) throws(SafetensorsError.Fault) -> Void
  ) throws(SafetensorsError.Fault) {
    try expect("{")
    if skip("}") { return }
    repeat {
      let key = try string()
      try expect(":")
      try member(&self, key)
    } while skip(",")
    try expect("}")
  }

  /// Reads a list of counts.
  mutating func integers() throws(SafetensorsError.Fault) -> [Int] {
    try expect("[")
    if skip("]") { return [] }
    var values: [Int] = []
    repeat { values.append(try integer()) } while skip(",")
    try expect("]")
    return values
  }

  /// Reads a string.
  mutating func string() throws(SafetensorsError.Fault) -> String {
    try expect("\"")
    var bytes: [UInt8] = []
    while let byte = next() {
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: bytes, as: UTF8.self) else {
          throw failure("text in UTF-8")
        }
        return string
      case UInt8(ascii: "\\"): bytes.append(contentsOf: try escaped())
      case ..<0x20: throw failure("no control character in a string")
      default: bytes.append(byte)
      }
    }
    throw failure("\"")
  }

  /// Passes over a value of any kind, also over lists and objects that hold others.
  mutating func skipValue() throws(SafetensorsError.Fault) {
    var depth = 0
    repeat {
      skipSpace()
      switch peek() {
      case UInt8(ascii: "\""): _ = try string()
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        position += 1
      case UInt8(ascii: "}") where depth > 0, UInt8(ascii: "]") where depth > 0:
        depth -= 1
        position += 1
      case UInt8(ascii: ",") where depth > 0, UInt8(ascii: ":") where depth > 0: position += 1
      default: try skipWord()
      }
    } while depth > 0
  }

  /// Passes over a number, or `true`, `false` or `null`.
  private mutating func skipWord() throws(SafetensorsError.Fault) {
    let start = position
    while let byte = peek(),
      Character(Unicode.Scalar(byte)).isLetter || "+-.0123456789".utf8.contains(byte)
    {
      position += 1
    }
    guard position > start else { throw failure("a value") }
  }

  /// Makes sure that only space is left.
  mutating func end() throws(SafetensorsError.Fault) {
    skipSpace()
    guard position == text.endIndex else { throw failure("the end of the header") }
  }

  private mutating func integer() throws(SafetensorsError.Fault) -> Int {
    skipSpace()
    let start = position
    var value = 0
    while let byte = peek(), 0x30...0x39 ~= byte {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(Int(byte) - 0x30)
      guard !overflow, !carry else { throw failure("a number below 2^63") }
      value = sum
      position += 1
    }
    let hasLeadingZero = position - start > 1 && text[start] == UInt8(ascii: "0")
    guard position > start, !hasLeadingZero else { throw failure("a whole number, not negative") }
    return value
  }

  private mutating func escaped() throws(SafetensorsError.Fault) -> [UInt8] {
    switch next().map({ Character(Unicode.Scalar($0)) }) {
    case "\"": return [0x22]
    case "\\": return [0x5c]
    case "/": return [0x2f]
    case "b": return [0x08]
    case "f": return [0x0c]
    case "n": return [0x0a]
    case "r": return [0x0d]
    case "t": return [0x09]
    case "u": return Array(String(try unicodeScalar()).utf8)
    default: throw failure("an escape that JSON knows")
    }
  }

  /// Reads the character after `\u`, with the second half of a pair.
  private mutating func unicodeScalar() throws(SafetensorsError.Fault) -> Character {
    var value = try hexadecimal()
    if 0xd800..<0xdc00 ~= value, next() == UInt8(ascii: "\\"), next() == UInt8(ascii: "u") {
      let low = try hexadecimal()
      if 0xdc00..<0xe000 ~= low { value = 0x10000 + (value - 0xd800) << 10 + (low - 0xdc00) }
    }
    guard let scalar = Unicode.Scalar(value) else { throw failure("a character") }
    return Character(scalar)
  }

  private mutating func hexadecimal() throws(SafetensorsError.Fault) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = next().flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
        throw failure("four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private func peek() -> UInt8? { position < text.endIndex ? text[position] : nil }

  private mutating func next() -> UInt8? {
    guard let byte = peek() else { return nil }
    position += 1
    return byte
  }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || 0x09...0x0a ~= byte || byte == 0x0d { position += 1 }
  }

  private mutating func skip(_ mark: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek() == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ mark: Unicode.Scalar) throws(SafetensorsError.Fault) {
    guard skip(mark) else { throw failure(String(Character(mark))) }
  }

  private func failure(_ expected: String) -> SafetensorsError.Fault {
    .malformed(place: place, expected: expected)
  }
}
