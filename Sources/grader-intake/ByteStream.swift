import CArchive
import CZlib
import Glibc
import GraderCore

/// The unpacked bytes of a file, block by block.
protocol ByteStream: AnyObject {
  /// The next block, valid until the next call; empty at the end.
  func next() throws(ReadFailure) -> UnsafeRawBufferPointer

  /// Bytes of the file that come after the end of the packed data.
  var trailingBytes: UInt64 { get }
}

extension ArchiveLayout.Compression {
  /// Makes the stream that unpacks a file that is packed so.
  func stream(of file: PackedFile) -> any ByteStream {
    switch self {
    case .none: PlainStream(file)
    case .gzip: GzipStream(file)
    case .xz: LibraryStream("xz", archive_read_support_filter_xz)
    }
  }
}

/// A file that is not packed.
final class PlainStream: ByteStream {
  private let file: PackedFile
  private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  private var offset: UInt64 = 0

  var trailingBytes: UInt64 { 0 }

  init(_ file: PackedFile) { self.file = file }

  deinit { block.deallocate() }

  func next() -> UnsafeRawBufferPointer {
    let count = offset < file.size ? file.read(into: block, at: offset) : 0
    offset += UInt64(count)
    return UnsafeRawBufferPointer(rebasing: block[..<count])
  }
}

/// A file packed with gzip.
///
/// Not libarchive's own filter, because that one does not compare checksums: a damaged upload
/// would pass for the student's code.
final class GzipStream: ByteStream {
  private let file: PackedFile
  private let packed = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  private let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
  private let inflater: Inflater
  private var offset: UInt64 = 0
  private var members = 0
  private var state = State.between

  private enum State { case between, inside, ended }

  /// A file may be several gzip files one after the other; more than this is an attack.
  private static let maximumMembers = 10_000

  private(set) var trailingBytes: UInt64 = 0

  init(_ file: PackedFile) {
    self.file = file
    inflater = Inflater(.gzip)
  }

  deinit {
    packed.deallocate()
    block.deallocate()
  }

  func next() throws(ReadFailure) -> UnsafeRawBufferPointer {
    while true {
      if state == .between { try beginMember() }
      if state == .ended { return UnsafeRawBufferPointer(start: nil, count: 0) }
      let count = file.read(into: packed, at: offset)
      let step = inflater.step(UnsafeRawBufferPointer(rebasing: packed[..<count]), into: block)
      offset += UInt64(step.consumed)
      switch step.state {
      case .ended: state = .between
      case .damaged: throw .damaged(ShownName("gzip: \(inflater.message)"), during: nil)
      case .goesOn where count == 0 && step.produced == 0: throw .truncated(during: nil)
      case .goesOn: break
      }
      if step.produced > 0 { return UnsafeRawBufferPointer(rebasing: block[..<step.produced]) }
    }
  }

  private func beginMember() throws(ReadFailure) {
    guard file.read(2, at: offset) == [0x1F, 0x8B] else {
      trailingBytes = file.size - offset
      state = .ended
      return
    }
    members += 1
    guard members <= Self.maximumMembers else {
      throw .damaged(ShownName("gzip: too many parts"), during: nil)
    }
    inflater.reset()
    state = .inside
  }
}

/// A packed file that libarchive unpacks.
final class LibraryStream: ByteStream {
  private let archive: OpaquePointer
  private var isOpen = false

  // Whatever follows the packed data is an error to the library.
  var trailingBytes: UInt64 { 0 }

  init(_ name: String, _ filter: (OpaquePointer?) -> Int32) {
    guard let archive = archive_read_new(), filter(archive) == ARCHIVE_OK,
      archive_read_support_format_raw(archive) == ARCHIVE_OK
    else { stop(status: EX_UNAVAILABLE, "libarchive cannot read \(name) here") }
    self.archive = archive
  }

  deinit { archive_read_free(archive) }

  func next() throws(ReadFailure) -> UnsafeRawBufferPointer {
    if !isOpen { try open() }
    var start: UnsafeRawPointer?
    var count = 0
    var offset: la_int64_t = 0
    let status = archive_read_data_block(archive, &start, &count, &offset)
    if status == ARCHIVE_EOF { return UnsafeRawBufferPointer(start: nil, count: 0) }
    guard status == ARCHIVE_OK else { throw failure }
    return UnsafeRawBufferPointer(start: start, count: count)
  }

  private func open() throws(ReadFailure) {
    isOpen = true
    var entry: OpaquePointer?
    guard archive_read_open_fd(archive, PackedFile.descriptor, 1 << 16) == ARCHIVE_OK,
      archive_read_next_header(archive, &entry) == ARCHIVE_OK
    else { throw failure }
  }

  private var failure: ReadFailure {
    let text = archive.errorText
    if archive_errno(archive) == ENOMEM { return .limit(.memory, maximum: 0) }
    // How liblzma and libarchive say that more bytes were expected.
    if text.contains("No progress is possible") || text.contains("truncated") {
      return .truncated(during: nil)
    }
    return .damaged(ShownName(text), during: nil)
  }
}

extension OpaquePointer {
  /// The words of libarchive about its latest failure; self is a `struct archive`.
  var errorText: String {
    archive_error_string(self).map { String(cString: $0) } ?? "no reason given"
  }
}

/// zlib's decompression, as steps over buffers.
final class Inflater {
  private let stream: UnsafeMutablePointer<z_stream>

  enum Format: Int32 {
    /// Deflate alone, as inside a zip.
    case raw = -15
    /// With header and trailer; the checksum is compared.
    case gzip = 31
  }

  enum State {
    case goesOn
    case ended
    case damaged
  }

  init(_ format: Format) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard chainrule_inflateInit2(stream, format.rawValue) == Z_OK else {
      stop(status: EX_OSERR, "no memory to unpack with")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func reset() { inflateReset(stream) }

  /// Unpacks as much of the input as there is room for.
  func step(
    _ input: UnsafeRawBufferPointer,
    into output: UnsafeMutableRawBufferPointer
  ) -> (state: State, consumed: Int, produced: Int) {
    // zlib does not write to its input; the type of the field is a matter of history.
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.bindMemory(to: UInt8.self).baseAddress
    )
    stream.pointee.avail_in = UInt32(input.count)
    stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_out = UInt32(output.count)
    let status = inflate(stream, Z_NO_FLUSH)
    let consumed = input.count - Int(stream.pointee.avail_in)
    let produced = output.count - Int(stream.pointee.avail_out)
    switch status {
    case Z_STREAM_END: return (.ended, consumed, produced)
    case Z_OK, Z_BUF_ERROR: return (.goesOn, consumed, produced)
    default: return (.damaged, consumed, produced)
    }
  }

  var message: String {
    stream.pointee.msg.map { String(cString: $0) } ?? "the packed data are damaged"
  }
}
