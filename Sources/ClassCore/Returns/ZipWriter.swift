/// Packs files into a zip, piece by piece, without compression; names are UTF-8.
package struct ZipWriter {
  private var directory: [UInt8] = []
  private var count = 0
  private var offset = 0

  /// As many files and bytes as a zip without its 64-bit form holds.
  package static let (mostFiles, mostBytes) = (65_535, Int(UInt32.max))

  /// An empty zip.
  package init() {}

  /// The next bytes of the zip: a file with its header.
  ///
  /// - Precondition: The zip does not pass `mostFiles` and `mostBytes`.
  package mutating func add(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let bytes = Array(name.utf8)
    precondition(count < Self.mostFiles, "too many files for this zip")
    precondition(offset + content.count + bytes.count + 30 < Self.mostBytes, "too large a zip")
    // Version 2.0, names in UTF-8, stored, the first of January 1980: nothing of today.
    var fields = Self.little(20, 2) + Self.little(0x0800, 2) + Self.little(0, 2)
    fields += Self.little(0, 2) + Self.little(0x21, 2)
    fields += Self.little(Int(Self.checksum(content)), 4)
    fields += Self.little(content.count, 4) + Self.little(content.count, 4)
    fields += Self.little(bytes.count, 2) + Self.little(0, 2)
    let entry = Self.little(0x0403_4B50, 4) + fields + bytes + content
    directory += Self.little(0x0201_4B50, 4) + Self.little(0x0314, 2) + fields
    directory += Self.little(0, 6) + Self.little(0o100644 << 16, 4) + Self.little(offset, 4) + bytes
    count += 1
    offset += entry.count
    return entry
  }

  /// The last bytes of the zip.
  package consuming func end() -> [UInt8] {
    directory + Self.little(0x0605_4B50, 4) + Self.little(0, 4) + Self.little(count, 2)
      + Self.little(count, 2) + Self.little(directory.count, 4) + Self.little(offset, 4)
      + Self.little(0, 2)
  }

  private static func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { sum, byte in
      sum >> 8 ^ table[Int(truncatingIfNeeded: sum ^ UInt32(byte)) & 0xFF]
    }
  }
}
