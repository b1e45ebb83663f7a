import CZlib
import GraderCore

/// One entry of a zip's table of contents.
struct ZipEntry {
  let name: ZipName
  let flags: UInt64
  let method: UInt64
  let checksum: UInt64
  private(set) var packedSize: UInt64
  private(set) var size: UInt64
  /// The place of the entry's own header.
  private(set) var offset: UInt64
  private let system: UInt64
  private let attributes: UInt64

  init(_ fields: inout ZipFields) throws(ReadFailure) {
    guard try fields.integer(4) == 0x0201_4B50 else {
      throw .damagedZip("table of contents is not one")
    }
    _ = try fields.integer(1)
    system = try fields.integer(1)
    _ = try fields.integer(2)
    flags = try fields.integer(2)
    method = try fields.integer(2)
    _ = try fields.integer(4)
    checksum = try fields.integer(4)
    packedSize = try fields.integer(4)
    size = try fields.integer(4)
    let lengths = (Int(try fields.integer(2)), Int(try fields.integer(2)))
    let commentLength = Int(try fields.integer(2))
    _ = try fields.integer(4)
    attributes = try fields.integer(4)
    offset = try fields.integer(4)
    let raw = try fields.take(lengths.0)
    let extra = try fields.take(lengths.1)
    try fields.skip(commentLength)
    name = ZipName(raw: Array(raw), extra: extra)
    try readLarge(extra)
  }

  /// Takes the 64-bit values that stand in for full 32-bit fields.
  private mutating func readLarge(_ extra: ArraySlice<UInt8>) throws(ReadFailure) {
    guard var large = ZipFields.extra(1, in: extra) else { return }
    if size == 0xFFFF_FFFF { size = try large.integer(8) }
    if packedSize == 0xFFFF_FFFF { packedSize = try large.integer(8) }
    if offset == 0xFFFF_FFFF { offset = try large.integer(8) }
  }

  var isEncrypted: Bool { flags & 0x41 != 0 }

  /// True if the table of contents itself is encrypted, names and all.
  var hidesNames: Bool { flags & 0x2000 != 0 }

  /// The kind of file that it was where it was packed; nil for a folder.
  var kind: ArchiveEntry.Kind? {
    let isUnix = system == 3 || system == 19
    switch isUnix ? attributes >> 16 & 0o170000 : 0 {
    case 0o040000: return nil
    case 0o120000: return .symbolicLink
    case 0o010000, 0o140000: return .pipe
    case 0o020000, 0o060000: return .device
    default: return attributes & 0x10 != 0 && size == 0 ? nil : .regular
    }
  }
}

/// The name of a zip's entry, as bytes, and the better name that some programs add.
struct ZipName: Equatable {
  let raw: [UInt8]
  /// A name in UTF-8 that stands beside the raw one.
  let unicode: [UInt8]?

  init(raw: [UInt8], extra: ArraySlice<UInt8>) {
    self.raw = raw
    unicode = Self.unicodeName(for: raw, in: extra)
  }

  var bytes: [UInt8] { unicode ?? raw }

  /// The name that Info-ZIP adds, if it was made for the raw name that is there.
  private static func unicodeName(for raw: [UInt8], in extra: ArraySlice<UInt8>) -> [UInt8]? {
    guard var field = ZipFields.extra(0x7075, in: extra),
      (try? field.integer(1)) == 1,
      let checksum = try? field.integer(4),
      checksum == UInt64(crc32(0, raw, UInt32(raw.count)))
    else { return nil }
    let name = Array(field.rest)
    return String(validating: name, as: UTF8.self) == nil ? nil : name
  }
}

/// Little-endian fields of a zip, each read checked against what is there.
struct ZipFields {
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: some Collection<UInt8>) { rest = ArraySlice(bytes) }

  var count: Int { rest.count }

  mutating func take(_ count: Int) throws(ReadFailure) -> ArraySlice<UInt8> {
    guard count <= rest.count else { throw .damagedZip("a record is cut off") }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func skip(_ count: Int) throws(ReadFailure) { _ = try take(count) }

  /// An unsigned number of one to eight bytes.
  mutating func integer(_ count: Int) throws(ReadFailure) -> UInt64 {
    try take(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The content of the extra field with this number.
  static func extra(_ wanted: UInt64, in bytes: ArraySlice<UInt8>) -> ZipFields? {
    var fields = ZipFields(bytes)
    while let number = try? fields.integer(2), let length = try? fields.integer(2),
      let content = try? fields.take(Int(length))
    {
      if number == wanted { return ZipFields(content) }
    }
    return nil
  }
}
