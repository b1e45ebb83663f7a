internal import Glibc

/// All bytes of a file.
func readFile(_ path: String) throws(SafetensorsError) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw .reading(path) }
  defer { close(descriptor) }
  var content: [UInt8] = []
  var status = stat()
  if fstat(descriptor, &status) == 0 { content.reserveCapacity(Int(status.st_size)) }
  var buffer = [UInt8](repeating: 0, count: 1 << 20)
  while true {
    let count = read(descriptor, &buffer, buffer.count)
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { throw .reading(path) }
    guard count > 0 else { return content }
    content.append(contentsOf: buffer[..<count])
  }
}

/// Writes beside the file and renames, so that no reader ever sees half of it.
func writeFile(_ content: [UInt8], _ path: String) throws(SafetensorsError) {
  let draft = "\(path).\(getpid()).partial"
  let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  guard descriptor >= 0 else { throw .writing(path) }
  do throws(SafetensorsError) {
    try writeAll(content, to: descriptor, path)
    guard close(descriptor) == 0, rename(draft, path) == 0 else { throw .writing(path) }
  } catch {
    unlink(draft)
    throw error
  }
}

private func writeAll(
  _ content: [UInt8],
  to descriptor: CInt,
  _ path: String
) throws(SafetensorsError) {
  var written = 0
  while written < content.count {
    let count = content.withUnsafeBytes { bytes in
      write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
    }
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else {
      let error = SafetensorsError.writing(path)
      close(descriptor)
      throw error
    }
    written += count
  }
}

extension SafetensorsError {
  /// A failed read, in the system's words.
  fileprivate static func reading(_ path: String) -> SafetensorsError {
    SafetensorsError(.unreadable(String(cString: strerror(errno))), path: path)
  }

  /// A failed write, in the system's words.
  fileprivate static func writing(_ path: String) -> SafetensorsError {
    SafetensorsError(.unwritable(String(cString: strerror(errno))), path: path)
  }
}
