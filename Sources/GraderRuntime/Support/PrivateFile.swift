import Foundation

/// A file without a name: only who is given its descriptor can read or write it.
final class PrivateFile {
  let descriptor: Int32

  /// A file that holds these bytes, to be read from its start or appended to.
  init(_ bytes: [UInt8] = []) throws(GraderFault) {
    let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    let path = "\(folder)/chainrule-private.\(UUID().uuidString)"
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0, unlink(path) == 0, write(descriptor, bytes, bytes.count) == bytes.count,
      lseek(descriptor, 0, SEEK_SET) == 0
    else {
      throw GraderFault(
        .temporary,
        "Cannot make a file in \(folder): \(String(cString: strerror(errno))).",
        remedy: "Free some space, or set TMPDIR to a folder that you may write to."
      )
    }
  }

  deinit { close(descriptor) }

  /// All that has been written to it.
  func contents() -> Data {
    lseek(descriptor, 0, SEEK_SET)
    return FileHandle(fileDescriptor: descriptor).readDataToEndOfFile()
  }
}
