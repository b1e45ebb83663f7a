/// Packs loose files into a tar: the same files always give the same bytes.
package enum TarWriter {
  private static let block = 512

  /// The block before a file's content.
  package static func header(name: String, size: Int) -> [UInt8] {
    let bytes = Array(name.utf8)
    guard bytes.count > 100 else { return fields(bytes, size: size, type: "0") }
    // A longer name stands in a header of its own, in front.
    let record = record(bytes)
    return fields(Array("long-name".utf8), size: record.count, type: "x")
      + record + padding(after: record.count)
      + fields(Array(bytes.prefix(90)).filter { $0 < 0x80 }, size: size, type: "0")
  }

  /// The zeros that fill the last block of a file.
  package static func padding(after size: Int) -> [UInt8] {
    [UInt8](repeating: 0, count: (block - size % block) % block)
  }

  /// The blocks that end the archive.
  package static let end = [UInt8](repeating: 0, count: 2 * block)

  /// `LENGTH path=NAME`, where the length counts its own digits.
  private static func record(_ name: [UInt8]) -> [UInt8] {
    let rest = Array(" path=".utf8) + name + [0x0A]
    var length = rest.count
    while "\(length)".utf8.count + rest.count != length {
      length = "\(length)".utf8.count + rest.count
    }
    return Array("\(length)".utf8) + rest
  }

  private static func fields(_ name: [UInt8], size: Int, type: Character) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: block)
    func put(_ bytes: some Collection<UInt8>, at place: Int) {
      header.replaceSubrange(place..<(place + bytes.count), with: bytes)
    }
    put(name, at: 0)
    put("0000644\0".utf8, at: 100)
    put("0000000\0".utf8, at: 108)
    put("0000000\0".utf8, at: 116)
    put(octal(size, digits: 11) + [0], at: 124)
    put("00000000000\0".utf8, at: 136)
    put("        ".utf8, at: 148)
    put("\(type)".utf8, at: 156)
    put("ustar\u{0}00".utf8, at: 257)
    let sum = header.reduce(0) { $0 + Int($1) }
    put(octal(sum, digits: 6) + [0, 0x20], at: 148)
    return header
  }

  private static func octal(_ number: Int, digits: Int) -> [UInt8] {
    let text = String(number, radix: 8)
    return Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8)
  }
}
