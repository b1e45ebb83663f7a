/// A picture as a PNG file in the address of an image, so that a page needs no other file.
///
/// The pixels are stored, not compressed: these pictures have a few hundred of them.
///
/// Source: PNG (Third Edition), W3C 2025; RFC 1950 and 1951 for the stored blocks.
struct Bitmap {
  private let width: Int
  private let height: Int
  private let rgb: [UInt8]

  /// Colours pixels that lie row by row; what is not a number is black.
  init(width: Int, pixels: [Double], colour: (Double) -> (UInt8, UInt8, UInt8)) {
    self.width = width
    height = pixels.count / max(width, 1)
    rgb = pixels.prefix(width * height).flatMap { value -> [UInt8] in
      let (red, green, blue) = value.isFinite ? colour(value) : (0, 0, 0)
      return [red, green, blue]
    }
  }

  var dataURL: String { "data:image/png;base64," + Self.base64(png) }

  var png: [UInt8] {
    let header = Self.word(width) + Self.word(height) + [8, 2, 0, 0, 0]
    // Every row starts with the number of its filter; 0 is none.
    var rows: [UInt8] = []
    for row in 0..<height {
      rows.append(0)
      rows += rgb[row * width * 3..<(row + 1) * width * 3]
    }
    let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
    let data = Self.chunk("IDAT", Self.stored(rows))
    return signature + Self.chunk("IHDR", header) + data + Self.chunk("IEND", [])
  }

  private static func chunk(_ kind: String, _ content: [UInt8]) -> [UInt8] {
    let checked = Array(kind.utf8) + content
    return word(content.count) + checked + word(Int(crc(checked)))
  }

  private static func word(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = [0x78, 0x01]
    let most = 65535
    for start in stride(from: 0, to: bytes.count, by: most) {
      let block = bytes[start..<min(start + most, bytes.count)]
      let count = UInt16(block.count)
      out.append(block.endIndex == bytes.count ? 1 : 0)
      out += [count, ~count].flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
      out += block
    }
    return out + word(Int(adler(bytes)))
  }

  private static func adler(_ bytes: [UInt8]) -> UInt32 {
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      a = (a + UInt32(byte)) % 65521
      b = (b + a) % 65521
    }
    return b << 16 | a
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xffff_ffff
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xedb8_8320 : 0) }
    }
    return ~crc
  }

  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  )

  private static func base64(_ bytes: [UInt8]) -> String {
    var out = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let joined = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for position in 0..<4 {
        out.append(position <= group.count ? letters[joined >> (18 - 6 * position) & 63] : "=")
      }
    }
    return out
  }
}
