import Glibc
import GraderCore

/// Turns the bytes of a name into characters: UTF-8, else the Windows code page for Japanese.
final class NameDecoder {
  private let codePage932: iconv_t?

  /// Loads the code page, before any byte of the archive is looked at.
  init() {
    let opened = iconv_open("UTF-8", "CP932")
    codePage932 = opened == iconv_t(bitPattern: -1) ? nil : opened
  }

  deinit {
    if let codePage932 { iconv_close(codePage932) }
  }

  /// The name as a place and as a text; never fails.
  func name(of bytes: some Collection<UInt8>, backslashesSeparate: Bool) -> (EntryName, ShownName) {
    let (text, origin) = decode(Array(bytes))
    let shown = ShownName(text.isEmpty ? "(no name)" : text)
    return (EntryName(text, origin: origin, backslashesSeparate: backslashesSeparate), shown)
  }

  func decode(_ bytes: [UInt8]) -> (String, EntryName.Origin) {
    if let text = String(validating: bytes, as: UTF8.self) { return (text, []) }
    if let text = fromCodePage932(bytes) { return (text, .codePage932) }
    return (Self.escaped(bytes), .escaped)
  }

  private func fromCodePage932(_ bytes: [UInt8]) -> String? {
    guard let codePage932 else { return nil }
    iconv(codePage932, nil, nil, nil, nil)
    var input = bytes.map { CChar(bitPattern: $0) }
    // Two bytes become at most three, and one (a half-width kana) also three.
    var output = [CChar](repeating: 0, count: 3 * bytes.count)
    var left = input.count
    var room = output.count
    let status = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        var from = source.baseAddress
        var to = target.baseAddress
        return iconv(codePage932, &from, &left, &to, &room)
      }
    }
    guard status == 0, left == 0 else { return nil }
    let filled = output.prefix(output.count - room).map { UInt8(bitPattern: $0) }
    return String(validating: filled, as: UTF8.self)
  }

  private static func escaped(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789ABCDEF")
    return bytes.reduce(into: "") { text, byte in
      if byte < 0x80 {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
  }
}
