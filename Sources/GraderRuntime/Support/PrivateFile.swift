import Foundation
import GraderCore
import Sandbox

/// A file without a name: only who is given its descriptor can read or write it.
final class PrivateFile {
  private static let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"

  private let file: Descriptor

  /// The descriptor by which it is read and written.
  var descriptor: Int32 { file.number }

  /// A file that holds these bytes, to be read from its start or appended to.
  init(_ bytes: [UInt8] = []) throws(GraderFault) {
    let path = "\(Self.folder)/chainrule-private.\(UUID().uuidString)"
    let number = open(path, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
    guard number >= 0 else { throw Self.fault() }
    file = Descriptor(owning: number)
    guard unlink(path) == 0, file.write(bytes), lseek(number, 0, SEEK_SET) == 0 else {
      throw Self.fault()
    }
  }

  /// Adds bytes at its end.
  func write(_ bytes: some Collection<UInt8>) throws(GraderFault) {
    guard file.write(bytes) else { throw Self.fault() }
  }

  /// Its content, for somebody who must not change it.
  func reader() throws(GraderFault) -> Descriptor {
    guard let reader = file.reader() else { throw Self.fault() }
    return reader
  }

  private static func fault() -> GraderFault {
    GraderFault(.cannot(.makePrivateFileIn, Self.folder, .last))
  }

  /// All that has been written to it.
  func contents() -> Data {
    lseek(descriptor, 0, SEEK_SET)
    return FileHandle(fileDescriptor: descriptor).readDataToEndOfFile()
  }
}
