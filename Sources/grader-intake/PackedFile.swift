import Glibc

/// The archive on standard input: a regular file, read by position.
struct PackedFile {
  let size: UInt64

  static let descriptor: Int32 = 0

  /// Fails when standard input is not a regular file.
  init?() {
    var status = stat()
    guard fstat(Self.descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    size = UInt64(max(status.st_size, 0))
  }

  /// The bytes at the offset; fewer than asked for only at the end of the file.
  func read(_ count: Int, at offset: UInt64) -> [UInt8] {
    guard offset < size else { return [] }
    return [UInt8](unsafeUninitializedCapacity: min(count, Int(size - offset))) { buffer, filled in
      filled = read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
    }
  }

  /// Fills the buffer as far as the file goes.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) -> Int {
    var filled = 0
    while filled < buffer.count, let base = buffer.baseAddress {
      let got = pread(
        Self.descriptor,
        base + filled,
        buffer.count - filled,
        off_t(offset) + off_t(filled)
      )
      if got < 0, errno == EINTR { continue }
      if got < 0 { stop(status: EX_IOERR, "standard input cannot be read") }
      if got == 0 { break }
      filled += got
    }
    return filled
  }
}

/// All text that comes from the descriptor; none if it is not UTF-8, is too long or never came.
func readText(from descriptor: Int32) -> String {
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 12)
  while bytes.count < 1 << 20 {
    let count = Glibc.read(descriptor, &chunk, chunk.count)
    if count < 0, errno == EINTR { continue }
    if count < 0 { return "" }
    if count == 0 { return String(validating: bytes, as: UTF8.self) ?? "" }
    bytes += chunk.prefix(count)
  }
  return ""
}

/// Ends the reader for a fault that is not the archive's.
func stop(status: Int32, _ message: String) -> Never {
  _ = "grader-intake: \(message)\n".withCString { write(2, $0, strlen($0)) }
  exit(status)
}
