package import Foundation
import GraderCore
import Sandbox

/// Operations on the grader's own files; a failure is a fault that names the path.
package enum Files {
  /// All bytes of a file.
  package static func read(_ path: String) throws(GraderFault) -> [UInt8] {
    do {
      return [UInt8](try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw GraderFault(.cannot(.read, path, .init(error)))
    }
  }

  /// Puts a file in its place in one step: it is there whole, or as it was.
  package static func write(_ bytes: some Collection<UInt8>, to path: String) throws(GraderFault) {
    do {
      try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw GraderFault(.cannot(.write, path, .init(error)))
    }
  }

  /// The same without waiting for the disk: for what is made again from other files.
  package static func put(_ bytes: some Collection<UInt8>, to path: String) throws(GraderFault) {
    let file = try FreshFile(for: path)
    try file.write(bytes)
    try file.put()
  }

  /// Writes all bytes to an open file; false when the system takes no more, and `errno` says why.
  package static func writeAll(_ bytes: some Collection<UInt8>, to descriptor: Int32) -> Bool {
    var rest = ArraySlice(bytes)
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Makes a folder and those above it.
  package static func makeFolder(
    _ path: String,
    mode: Int = 0o755,
    of owner: FaultFact.Owner = .ours
  ) throws(GraderFault) {
    do {
      try FileManager.default.createDirectory(
        atPath: path,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: mode]
      )
    } catch {
      throw GraderFault(.cannot(.makeFolder, path, .init(error), of: owner))
    }
  }

  /// The folder of the grader's own file, links resolved.
  static var graderFolder: String {
    (real("/proc/self/exe") as NSString).deletingLastPathComponent
  }

  /// The path of what is kept beside the grader's own file, or where it is installed; nil if it is
  /// in neither.
  static func besideGrader(_ name: String) -> String? {
    ["\(graderFolder)/\(name)", "\(graderFolder)/../libexec/chainrule/\(name)"]
      .first(where: exists).map(real)
  }

  /// Makes a symbolic link.
  static func link(_ path: String, to target: String) throws(GraderFault) {
    do {
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    } catch {
      throw GraderFault(.cannot(.link, path, .init(error)))
    }
  }

  /// Removes a file or folder, if it is there.
  package static func remove(_ path: String) {
    try? FileManager.default.removeItem(atPath: path)
    Interruption.hasRemoved(path)
  }

  /// Tells whether something is there.
  package static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }

  /// The time at which a file was last written, in seconds.
  static func changeTime(of path: String) throws(GraderFault) -> String {
    var info = stat()
    guard stat(path, &info) == 0 else { throw GraderFault(.cannot(.read, path, .last)) }
    return "\(info.st_mtim.tv_sec).\(info.st_mtim.tv_nsec)"
  }

  /// Names in a folder, sorted; none if it cannot be read.
  package static func names(in path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// Regular files below a folder as paths relative to it, sorted; build folders are left out.
  package static func below(_ path: String) -> [String] {
    var found: [String] = []
    for name in names(in: path) where !name.hasPrefix(".") {
      var isFolder: ObjCBool = false
      let full = "\(path)/\(name)"
      guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder) else { continue }
      found += isFolder.boolValue ? below(full).map { "\(name)/\($0)" } : [name]
    }
    return found
  }

  /// The path with every symbolic link resolved.
  package static func real(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// A new folder that nobody else can look into.
  package static func makeTemporaryFolder() throws(GraderFault) -> String {
    try Interruption.makeFolder(TemporaryFolders.make)
  }
}

extension Error {
  /// The error in words, without the full stop that some descriptions end in.
  package var words: String {
    let text = localizedDescription
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}

/// A file that is written beside its place and put there in one step: others see it whole, or as
/// it was.
///
/// Nobody waits for the disk: for what is made again from other files.
package struct FreshFile: ~Copyable {
  private let place: String
  private let part: String
  private let file: Descriptor

  /// An empty file in the folder of its place, of just this mode or what the umask leaves of 644.
  package init(for place: String, mode: mode_t? = nil) throws(GraderFault) {
    self.place = place
    let folder = (place as NSString).deletingLastPathComponent
    part = (folder.isEmpty ? "" : "\(folder)/") + ".\(UUID().uuidString)"
    let flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC
    let number = open(part, flags, mode == nil ? 0o644 : 0o600)
    guard number >= 0 else { throw Self.fault(place) }
    if let mode, fchmod(number, mode) != 0 {
      let fault = Self.fault(place)
      close(number)
      unlink(part)
      throw fault
    }
    file = Descriptor(owning: number)
  }

  deinit { unlink(part) }

  /// Adds bytes at its end.
  package func write(_ bytes: some Collection<UInt8>) throws(GraderFault) {
    guard file.write(bytes) else { throw Self.fault(place) }
  }

  /// Adds so many bytes of another file, from its beginning.
  func write(_ count: Int, bytesOf other: borrowing Descriptor) throws(GraderFault) {
    var offset = 0
    while offset < count {
      let copied = sendfile(file.number, other.number, &offset, count - offset)
      if copied < 0, errno == EINTR { continue }
      guard copied > 0 else { throw Self.fault(place) }
    }
  }

  /// Waits until it is on the disk.
  package func keep() throws(GraderFault) {
    guard fsync(file.number) == 0 else { throw Self.fault(place) }
  }

  /// Puts it in its place, or at another one in the same folder.
  package consuming func put(at other: String? = nil) throws(GraderFault) {
    guard rename(part, other ?? place) == 0 else { throw Self.fault(other ?? place) }
  }

  /// Its content, for somebody who must not change it.
  func reader() throws(GraderFault) -> Descriptor {
    guard let reader = file.reader() else { throw Self.fault(place) }
    return reader
  }

  private static func fault(_ place: String) -> GraderFault {
    GraderFault(.cannot(.write, place, .last))
  }
}

extension Descriptor {
  /// Writes all bytes; false when the system takes no more, and `errno` says why.
  borrowing func write(_ bytes: some Collection<UInt8>) -> Bool {
    Files.writeAll(bytes, to: number)
  }

  /// The same file from its start, open for reading alone.
  borrowing func reader() -> Descriptor? {
    let number = open("/proc/self/fd/\(number)", O_RDONLY | O_CLOEXEC)
    return number < 0 ? nil : Descriptor(owning: number)
  }
}

/// A file without a name: only who is given its descriptor can read or write it.
final class PrivateFile {
  private static let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"

  private let file: Descriptor

  /// The descriptor by which it is read and written.
  var descriptor: Int32 { file.number }

  /// A file that holds these bytes, to be read from its start or appended to.
  init(_ bytes: [UInt8] = []) throws(GraderFault) {
    let path = "\(Self.folder)/chainrule-private.\(UUID().uuidString)"
    // An interruption between opening and unlinking would leave the name.
    file = try Interruption.whole { () throws(GraderFault) in
      let number = open(path, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
      guard number >= 0 else { throw Self.fault() }
      let file = Descriptor(owning: number)
      guard unlink(path) == 0 else { throw Self.fault() }
      return file
    }
    guard file.write(bytes), lseek(file.number, 0, SEEK_SET) == 0 else { throw Self.fault() }
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

  /// The number of bytes that have been written to it.
  var size: Int { Int(lseek(descriptor, 0, SEEK_END)) }

  /// All that has been written to it.
  func contents() -> Data {
    lseek(descriptor, 0, SEEK_SET)
    return FileHandle(fileDescriptor: descriptor).readDataToEndOfFile()
  }
}
