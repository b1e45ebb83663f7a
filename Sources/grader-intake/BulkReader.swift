import CZlib
import GraderCore

/// Reads the zip that a learning system makes of a class's hand-ins: all names, or some contents.
///
/// What is in it was named and made by students. Each is unpacked as a file, never looked into.
struct BulkReader {
  let file: PackedFile
  let names: NameDecoder
  let meter: Meter
  let limits: IntakeLimits

  /// More than for one student's archive: these hold hundreds of them.
  static var limits: IntakeLimits {
    var limits = IntakeLimits()
    limits.packedBytes = 16 << 30
    limits.entries = 400_000
    return limits
  }

  func answer(_ request: BulkRequest) {
    write(BulkAnswer.signature)
    do throws(ReadFailure) {
      try read(request)
    } catch {
      write(BulkAnswer.frame(error))
    }
    write(BulkAnswer.end)
  }

  private func read(_ request: BulkRequest) throws(ReadFailure) {
    guard file.size > 0 else { throw .empty }
    guard file.size <= limits.packedBytes else {
      throw .limit(.packedBytes, maximum: limits.packedBytes)
    }
    let kind = FileKind(head: file.read(512, at: 0))
    guard kind == .zip else { throw .notAnArchive(kind, inside: .none) }
    let directory = try ZipDirectory(file, limits: limits)
    let reader = ZipReader(file: file, names: names, meter: meter)
    switch request {
    case .list: try list(directory)
    case .read(let places):
      for place in places where directory.entries.indices.contains(place) {
        try send(directory.entries[place], at: place, of: directory, by: reader)
      }
    }
  }

  private func list(_ directory: ZipDirectory) throws(ReadFailure) {
    var frames: [UInt8] = []
    for (place, entry) in directory.entries.enumerated() {
      if entry.hidesNames { throw .encrypted }
      let (name, shown) = names.name(of: entry.name.bytes, backslashesSeparate: true)
      guard !name.isFolder, var kind = entry.kind else { continue }
      if kind == .regular, let method = PackingMethod(number: entry.method) {
        kind = .packed(method)
      }
      if entry.isEncrypted { kind = .encrypted }
      if kind == .regular, entry.size > Self.largest { kind = .oversized }
      frames += BulkAnswer.frame(
        BulkEntry(place: place, path: name.path, name: shown, kind: kind, size: entry.size)
      )
      if frames.count > 1 << 20 {
        write(frames)
        frames.removeAll(keepingCapacity: true)
      }
    }
    write(frames)
  }

  /// As large as one student's archive may be.
  private static let largest = IntakeLimits().packedBytes

  private func send(
    _ entry: ZipEntry,
    at place: Int,
    of directory: ZipDirectory,
    by reader: ZipReader
  ) throws(ReadFailure) {
    guard entry.kind == .regular, !entry.isEncrypted, entry.size <= Self.largest,
      let header = ZipLocalHeader(file, at: entry.offset), header.name == entry.name,
      let content = try reader.content(of: entry, header, before: directory.start)
    else { return write(BulkAnswer.frame(damaged: place)) }
    write(BulkAnswer.frame(contentOf: place, count: content.count))
    write(content)
  }

  private func write(_ bytes: [UInt8]) { writeAll(bytes) }
}
