import CArchive
import Glibc
import GraderCore

/// Reads a tar as libarchive understands it, from a stream that is already unpacked.
struct TarReader: ~Copyable {
  private let source: TarSource
  private let archive: OpaquePointer
  private let names: NameDecoder

  init(_ source: TarSource, names: NameDecoder) {
    guard let archive = archive_read_new(), archive_read_support_format_tar(archive) == ARCHIVE_OK
    else { stop(status: EX_UNAVAILABLE, "libarchive cannot read tar here") }
    self.source = source
    self.archive = archive
    self.names = names
  }

  deinit { archive_read_free(archive) }

  func read(into recorder: inout Recorder) throws(ReadFailure) {
    try open()
    var entry: OpaquePointer?
    while true {
      let status = archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { break }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw failure }
      let warning = status == ARCHIVE_WARN ? archive.errorText : nil
      try read(entry, warning, into: &recorder)
    }
    if let failure = source.failure { throw failure }
    let consumed = UInt64(max(archive_filter_bytes(archive, 0), 0))
    if !source.endsWithMarker(consumed: consumed) { recorder.note(.endMarkerMissing) }
    recorder.current = nil
    let surplus = try source.drain(consumed: consumed)
    if surplus > 0 { recorder.note(.trailingData(bytes: surplus)) }
  }

  private func open() throws(ReadFailure) {
    let status = archive_read_open(
      archive,
      Unmanaged.passUnretained(source).toOpaque(),
      nil,
      { _, client, block in
        guard let client, let block,
          let bytes = Unmanaged<TarSource>.fromOpaque(client).takeUnretainedValue().next()
        else { return -1 }
        block.pointee = bytes.baseAddress
        return bytes.count
      },
      nil
    )
    guard status == ARCHIVE_OK else { throw failure }
  }

  private var failure: ReadFailure {
    if let failure = source.failure { return failure }
    if source.isAtEnd { return .truncated(during: nil) }
    return .damaged(ShownName(archive.errorText), during: nil)
  }

  private func read(
    _ entry: OpaquePointer,
    _ warning: String?,
    into recorder: inout Recorder
  ) throws(ReadFailure) {
    try recorder.countEntry()
    let raw = archive_entry_pathname(entry).map {
      UnsafeBufferPointer(start: $0, count: strlen($0))
    }
    let bytes = raw?.map { UInt8(bitPattern: $0) } ?? []
    let (name, shown) = names.name(of: bytes, backslashesSeparate: false)
    recorder.current = shown
    if let warning { recorder.note(.warning(entry: shown, text: ShownName(warning))) }
    var kind = Self.kind(of: entry)
    if kind == nil { return recorder.countFolder() }
    guard let path = name.path else { return recorder.ignore(.unusableName, shown) }
    let size = UInt64(max(archive_entry_size(entry), 0))
    guard try recorder.wants(path, size: size) else {
      let reason = kind.flatMap(IgnoredReason.init) ?? IgnoredReason(unlisted: path)
      return recorder.ignore(reason, shown)
    }
    if kind == .regular, size > recorder.limits.keptFileBytes { kind = .oversized }
    let content = kind == .regular ? try content(size: Int(size)) : []
    recorder.send(
      ArchiveEntry(
        path: path,
        origin: name.origin,
        kind: content == nil ? .damaged : kind ?? .damaged,
        size: size,
        content: content ?? []
      )
    )
  }

  /// The kind of an entry; nil for a folder.
  private static func kind(of entry: OpaquePointer) -> ArchiveEntry.Kind? {
    if archive_entry_hardlink(entry) != nil { return .hardLink }
    if archive_entry_is_encrypted(entry) != 0 { return .encrypted }
    switch archive_entry_filetype(entry) {
    case S_IFREG: return .regular
    case S_IFDIR: return nil
    case S_IFLNK: return .symbolicLink
    case S_IFIFO, S_IFSOCK: return .pipe
    default: return .device
    }
  }

  /// The data of the entry; nil when they are not as long as declared.
  ///
  /// Holes of a sparse file are read as the zeros they stand for.
  private func content(size: Int) throws(ReadFailure) -> [UInt8]? {
    var content: [UInt8] = []
    content.reserveCapacity(size)
    while true {
      var start: UnsafeRawPointer?
      var count = 0
      var offset: la_int64_t = 0
      let status = archive_read_data_block(archive, &start, &count, &offset)
      if status == ARCHIVE_EOF { break }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN else { throw failure }
      guard offset >= content.count, offset <= size, count <= size - Int(offset) else {
        return nil
      }
      content.append(contentsOf: repeatElement(0, count: Int(offset) - content.count))
      content.append(contentsOf: UnsafeRawBufferPointer(start: start, count: count))
    }
    content.append(contentsOf: repeatElement(0, count: size - content.count))
    return content
  }
}

/// Feeds libarchive from a stream of ours, and keeps what it cannot carry: the exact failure.
final class TarSource {
  /// The reason why the stream stopped; libarchive only learns that it did.
  private(set) var failure: ReadFailure?
  private(set) var isAtEnd = false
  private let stream: any ByteStream
  private let meter: Meter
  /// The first block, until it is given out.
  private var peeked: UnsafeRawBufferPointer?
  /// The block that was given out last, and how much had been given out before it.
  private var block = UnsafeRawBufferPointer(start: nil, count: 0)
  private var before: UInt64 = 0
  /// The end of the block before that one.
  private var previousTail: [UInt8] = []

  init(_ stream: any ByteStream, _ meter: Meter) {
    self.stream = stream
    self.meter = meter
  }

  /// The beginning of the stream, without using it up.
  func peek() throws(ReadFailure) -> [UInt8] {
    let first = try stream.next()
    peeked = first
    return Array(first.prefix(512))
  }

  /// The next block; nil when the stream has failed, empty at its end.
  func next() -> UnsafeRawBufferPointer? {
    guard failure == nil else { return nil }
    do throws(ReadFailure) {
      before += UInt64(block.count)
      if !block.isEmpty { previousTail = Array(block.suffix(Self.blockSize)) }
      if let peeked { block = peeked } else { block = try stream.next() }
      peeked = nil
      isAtEnd = block.isEmpty
      try meter.count(block.count)
      return block
    } catch {
      failure = error
      return nil
    }
  }

  /// Reads on behind the end of the tar: only there is it known that nothing is cut off.
  ///
  /// - Parameter consumed: How much of the stream the tar took.
  /// - Returns: How many bytes follow it and are not just padding.
  /// - Throws: What is wrong with the rest of the stream.
  func drain(consumed: UInt64) throws(ReadFailure) -> UInt64 {
    var rest = UnsafeRawBufferPointer(
      rebasing: block.dropFirst(consumed > before ? Int(clamping: consumed - before) : 0)
    )
    var surplus: UInt64 = 0
    while true {
      surplus += UInt64(surplus > 0 ? rest.count : rest.count - rest.leadingZeros)
      guard !isAtEnd else { break }
      guard let next = next() else { throw failure ?? .truncated(during: nil) }
      rest = next
    }
    return surplus + stream.trailingBytes
  }

  /// Tells whether the stream in front of `consumed` ends as a tar should; true where that is not
  /// known.
  func endsWithMarker(consumed: UInt64) -> Bool {
    let taken = consumed > before ? Int(clamping: consumed - before) : 0
    let tail = taken == 0 ? previousTail : Array(block.prefix(taken).suffix(Self.blockSize))
    return tail.count < Self.blockSize || tail.allSatisfy { $0 == 0 }
  }

  /// The size of the blocks that a tar is made of.
  private static let blockSize = 512
}

extension UnsafeRawBufferPointer {
  /// The number of bytes that are 0 before the first that is not.
  fileprivate var leadingZeros: Int {
    // A block of nothing but zeros equals itself moved by one; this is fast in any build.
    if let start = baseAddress, first == 0, memcmp(start, start + 1, count - 1) == 0 {
      return count
    }
    return prefix { $0 == 0 }.count
  }
}
