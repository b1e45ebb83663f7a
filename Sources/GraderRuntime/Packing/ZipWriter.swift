/// Packs files into a zip, piece by piece: the same files always give the same bytes.
///
/// Names are UTF-8, and nothing tells of today or of this machine.
package struct ZipWriter {
  private var directory: [UInt8] = []
  private var count = 0
  private var offset = 0

  /// A zip without its 64-bit form counts files in two bytes, and bytes in four.
  private static let (mostFiles, mostBytes) = (Int(UInt16.max), Int(UInt32.max))

  /// What the headers of one file take at most.
  private static let mostHeaders = 46 + 30 + 2 * Int(UInt16.max)

  /// An empty zip.
  package init() {}

  /// True if one more file of so many bytes can be added.
  package func hasRoom(for size: Int) -> Bool {
    count < Self.mostFiles && offset + directory.count + size + Self.mostHeaders < Self.mostBytes
  }

  /// The next bytes of the zip: a file with its header.
  ///
  /// - Precondition: The zip has room for it.
  package mutating func add(
    _ name: String,
    _ content: [UInt8],
    isExecutable: Bool = false
  ) -> [UInt8] {
    precondition(hasRoom(for: content.count), "too many files or bytes for this zip")
    let deflated = Deflate.fewerBytes(content)
    let packed = deflated ?? content
    let name = Array(name.utf8)
    // Version 2.0, names in UTF-8, deflated or stored.
    var fields = Self.little(20, 2) + Self.little(0x0800, 2)
    fields +=
      Self.little(deflated == nil ? 0 : 8, 2) + Self.little(0, 2) + Self.little(Self.date, 2)
    fields += Self.little(Int(Deflate.checksum(content)), 4)
    fields += Self.little(packed.count, 4) + Self.little(content.count, 4)
    fields += Self.little(name.count, 2) + Self.little(0, 2)
    let file = Self.little(0x0403_4B50, 4) + fields + name + packed
    let mode = isExecutable ? 0o100755 : 0o100644
    // Made on Unix, so that the mode is looked at.
    directory += Self.little(0x0201_4B50, 4) + Self.little(0x0314, 2) + fields
    directory += Self.little(0, 6) + Self.little(mode << 16, 4) + Self.little(offset, 4) + name
    count += 1
    offset += file.count
    return file
  }

  /// The last bytes of the zip.
  package consuming func end() -> [UInt8] {
    directory + Self.little(0x0605_4B50, 4) + Self.little(0, 4) + Self.little(count, 2)
      + Self.little(count, 2) + Self.little(directory.count, 4) + Self.little(offset, 4)
      + Self.little(0, 2)
  }

  /// 2026-01-01, for all files: years since 1980, month, day.
  private static let date = (2026 - 1980) << 9 | 1 << 5 | 1

  private static func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
