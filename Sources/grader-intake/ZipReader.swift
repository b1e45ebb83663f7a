import CZlib
import GraderCore

/// Reads a zip by its table of contents, and looks only into what may be wanted.
///
/// Not libarchive's reader, which takes names from the entries' own headers: the table has to be
/// read and compared in any case, and then only unpacking is left to do, which zlib does.
struct ZipReader {
  let file: PackedFile
  let names: NameDecoder
  let meter: Meter

  func read(into recorder: inout Recorder) throws(ReadFailure) {
    let directory = try ZipDirectory(file, limits: recorder.limits)
    for entry in directory.entries {
      try recorder.countEntry()
      if entry.hidesNames { throw .encrypted }
      try read(entry, of: directory, into: &recorder)
    }
    let overlaps = directory.overlaps
    if overlaps > 0 { recorder.note(.overlappingEntries(count: overlaps)) }
    if directory.trailingBytes > 0 { recorder.note(.trailingData(bytes: directory.trailingBytes)) }
  }

  private func read(
    _ entry: ZipEntry,
    of directory: ZipDirectory,
    into recorder: inout Recorder
  ) throws(ReadFailure) {
    let (name, shown) = names.name(of: entry.name.bytes, backslashesSeparate: true)
    recorder.current = shown
    let header = ZipLocalHeader(file, at: entry.offset)
    if let header, header.name != entry.name {
      let (other, otherShown) = names.name(of: header.name.bytes, backslashesSeparate: true)
      if other.path != name.path || name.path == nil {
        return try refuse((name, shown), (other, otherShown), entry.size, &recorder)
      }
    }
    guard !name.isFolder, let kind = entry.kind else { return recorder.countFolder() }
    guard let path = name.path else { return recorder.ignore(.unusableName, shown) }
    guard try recorder.wants(path, size: entry.size) else {
      let reason = IgnoredReason(kind) ?? IgnoredReason(unlisted: path)
      return recorder.ignore(reason, shown)
    }
    var sent = ArchiveEntry(path: path, origin: name.origin, kind: kind, size: entry.size)
    if entry.isEncrypted {
      sent.kind = .encrypted
    } else if kind == .regular, entry.size > recorder.limits.keptFileBytes {
      sent.kind = .oversized
    } else if kind == .regular, let method = PackingMethod(number: entry.method) {
      sent.kind = .packed(method)
    } else if kind == .regular {
      let content = try content(of: entry, header, before: directory.start)
      sent.kind = content == nil ? .damaged : .regular
      sent.content = content ?? []
    }
    recorder.send(sent)
  }

  /// Reports an entry with two names under each of them that may be wanted.
  private func refuse(
    _ first: (name: EntryName, shown: ShownName),
    _ second: (name: EntryName, shown: ShownName),
    _ size: UInt64,
    _ recorder: inout Recorder
  ) throws(ReadFailure) {
    var isWanted = false
    for (one, other) in [(first, second), (second, first)] {
      guard let path = one.name.path, try recorder.wants(path, size: 0) else { continue }
      isWanted = true
      recorder.send(
        ArchiveEntry(
          path: path,
          origin: one.name.origin,
          kind: .misnamed(other.shown),
          size: size
        )
      )
    }
    if !isWanted {
      recorder.note(.namesDisagree(directory: first.shown, entry: second.shown))
      recorder.ignore(.unusableName, first.shown)
    }
  }

  /// The unpacked data; nil unless they are complete and their checksum is right.
  func content(
    of entry: ZipEntry,
    _ header: ZipLocalHeader?,
    before limit: UInt64
  ) throws(ReadFailure) -> [UInt8]? {
    guard let header, header.dataStart <= limit, entry.packedSize <= limit - header.dataStart else {
      return nil
    }
    // The packed form of a file that small can hardly be larger; a lie about it is not read.
    guard entry.packedSize <= entry.size + (1 << 16) else { return nil }
    let packed = file.read(Int(entry.packedSize), at: header.dataStart)
    let content: [UInt8]
    switch entry.method {
    case 0: content = packed
    case 8: content = Self.inflated(packed, size: Int(entry.size))
    default: return nil
    }
    try meter.count(content.count)
    guard content.count == entry.size,
      UInt64(crc32(0, content, UInt32(content.count))) == entry.checksum
    else { return nil }
    return content
  }

  /// The unpacked bytes, up to one more than expected.
  private static func inflated(_ packed: [UInt8], size: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, filled in
      filled = packed.withUnsafeBytes { bytes in
        let step = Inflater(.raw).step(bytes, into: UnsafeMutableRawBufferPointer(buffer))
        return step.state == .ended ? step.produced : 0
      }
    }
  }
}

/// The header in front of an entry's data.
struct ZipLocalHeader {
  let name: ZipName
  let dataStart: UInt64

  /// Fails when there is none at this place.
  init?(_ file: PackedFile, at offset: UInt64) {
    var fixed = ZipFields(file.read(30, at: offset))
    guard (try? fixed.integer(4)) == 0x0403_4B50, (try? fixed.skip(22)) != nil,
      let nameLength = try? fixed.integer(2), let extraLength = try? fixed.integer(2)
    else { return nil }
    let bytes = file.read(Int(nameLength + extraLength), at: offset + 30)
    guard bytes.count == nameLength + extraLength else { return nil }
    name = ZipName(raw: Array(bytes[..<Int(nameLength)]), extra: bytes[Int(nameLength)...])
    dataStart = offset + 30 + nameLength + extraLength
  }
}
