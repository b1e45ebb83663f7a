internal import CGzip
internal import Glibc

/// All bytes of a file, unpacked if it is compressed with gzip.
func unpackedContents(of path: String) throws(DataFileError) -> [UInt8] {
  guard let file = gzopen(path, "rb") else {
    throw .unreadable(path: path, reason: String(cString: strerror(errno)))
  }
  defer { gzclose(file) }
  gzbuffer(file, 1 << 18)
  var content: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 20)
  while true {
    let count = gzread(file, &buffer, UInt32(buffer.count))
    // An early end is told with the bytes before it, not by a negative count.
    if count <= 0 || gzeof(file) != 0 { try check(file, path) }
    guard count > 0 else { return content }
    content.append(contentsOf: buffer[..<Int(count)])
  }
}

private func check(_ file: gzFile, _ path: String) throws(DataFileError) {
  var code: Int32 = 0
  let message = gzerror(file, &code)
  switch code {
  case Z_OK, Z_STREAM_END: return
  case Z_BUF_ERROR: throw .truncated(path: path)
  case Z_ERRNO: throw .unreadable(path: path, reason: String(cString: strerror(errno)))
  default: throw .damaged(path: path, reason: message.map { String(cString: $0) } ?? "zlib \(code)")
  }
}

/// The first file that is there of those names, or the same compressed, with `.gz` after them; the
/// first name if none is.
///
/// - Precondition: There is a name.
func plainOrCompressed(_ paths: [String]) -> String {
  let choices = paths.flatMap { [$0, $0 + ".gz"] }
  return choices.first { access($0, F_OK) == 0 } ?? paths[0]
}
