import GraderCore

/// A zip's table of contents, with each entry's own header beside it.
///
/// Reads by position, checks every offset against the file, and believes no count.
struct ZipDirectory {
  let entries: [ZipEntry]
  /// Bytes between the end of the zip and the end of the file.
  let trailingBytes: UInt64
  /// The place where the table begins: no data of an entry can lie behind it.
  let start: UInt64

  /// The longest table, in bytes: far more than 50,000 names need.
  private static let maximumSize: UInt64 = 64 << 20

  /// Finds the table from the end of the file.
  ///
  /// The latest closing record counts and no other: where several could, as in two zips one after
  /// the other, two programs would see two different archives.
  init(_ file: PackedFile, limits: IntakeLimits) throws(ReadFailure) {
    // The record may be followed by a comment, and by junk that is no part of the zip.
    let tail = file.read(1 << 18, at: file.size > 1 << 18 ? file.size - (1 << 18) : 0)
    let position = tail.indices.last { tail[$0...].starts(with: ZipEnd.signature) }
    guard let position else { throw .truncated(during: nil) }
    try self.init(file, end: file.size - UInt64(tail.count - position), limits)
  }

  private init(_ file: PackedFile, end: UInt64, _ limits: IntakeLimits) throws(ReadFailure) {
    let record = try ZipEnd(file, at: end)
    if record.count > limits.entries { throw .limit(.entries, maximum: limits.entries) }
    guard record.size <= Self.maximumSize else { throw .damagedZip("table of contents too long") }
    var fields = ZipFields(file.read(Int(record.size), at: record.start))
    guard fields.count == record.size else { throw .truncated(during: nil) }
    var entries: [ZipEntry] = []
    while fields.count > 0 {
      entries.append(try ZipEntry(&fields))
      if entries.count > record.count { throw .damagedZip("more entries than it counts") }
    }
    guard entries.count == record.count else { throw .damagedZip("fewer entries than it counts") }
    self.entries = entries
    start = record.start
    trailingBytes = file.size - record.end
  }

  /// The number of entries that begin before another one ends.
  var overlaps: UInt64 {
    let spans = entries.map { (start: $0.offset, length: $0.packedSize) }
      .sorted { $0.start < $1.start }
    var reached: UInt64 = 0
    var count: UInt64 = 0
    for span in spans {
      if span.start < reached { count += 1 }
      reached = max(reached, span.start.addingReportingOverflow(span.length).partialValue)
    }
    return count
  }
}

/// The record that closes a zip, with its 64-bit form if there is one.
private struct ZipEnd {
  var count: UInt64
  var size: UInt64
  var start: UInt64
  let end: UInt64

  static let signature: [UInt8] = [0x50, 0x4B, 5, 6]

  init(_ file: PackedFile, at position: UInt64) throws(ReadFailure) {
    var fields = ZipFields(file.read(22, at: position).dropFirst(4))
    guard fields.count == 18 else { throw .truncated(during: nil) }
    let disks = (try fields.integer(2), try fields.integer(2))
    _ = try fields.integer(2)
    count = try fields.integer(2)
    size = try fields.integer(4)
    start = try fields.integer(4)
    end = position + 22 + (try fields.integer(2))
    let isLarge = count == 0xFFFF || size == 0xFFFF_FFFF || start == 0xFFFF_FFFF
    if isLarge { try readLarge(file, before: position) }
    guard disks == (0, 0) || isLarge else { throw .damagedZip("split over several files") }
    guard start <= position, size <= position - start, end <= file.size else {
      throw .damagedZip("table of contents lies outside the file")
    }
  }

  private mutating func readLarge(_ file: PackedFile, before position: UInt64) throws(ReadFailure) {
    guard position >= 20 else { return }
    var locator = ZipFields(file.read(20, at: position - 20))
    guard try locator.integer(4) == 0x0706_4B50 else { return }
    _ = try locator.integer(4)
    var fields = ZipFields(file.read(56, at: try locator.integer(8)))
    guard try fields.integer(4) == 0x0606_4B50 else { throw .damagedZip("64-bit record missing") }
    try fields.skip(28)
    count = try fields.integer(8)
    size = try fields.integer(8)
    start = try fields.integer(8)
  }
}

extension ReadFailure {
  static func damagedZip(_ what: String) -> ReadFailure {
    .damaged(ShownName("zip: \(what)"), during: nil)
  }
}
