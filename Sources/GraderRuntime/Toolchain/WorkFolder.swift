import Foundation
import GraderCore

/// The folders of one build: sources that the compiler may read, and a place it may write to.
///
/// Sources get names of ours, since a name can be an option or a response file to a compiler.
final class WorkFolder: Sendable {
  let root: String
  var sources: String { "\(root)/src" }
  var output: String { "\(root)/out" }

  /// Empty folders; the jail gives the output to its user.
  init() throws(GraderFault) {
    root = try Files.makeTemporaryFolder()
    try Files.makeFolder(sources)
    try Files.makeFolder(output, mode: 0o700)
    guard chmod(root, 0o711) == 0, chmod(sources, 0o755) == 0 else {
      throw GraderFault(.cannot(.setMode, root, .last))
    }
  }

  deinit {
    Files.remove(root)
  }

  /// Puts a source in place and says where it is.
  func add(_ bytes: [UInt8], as name: String) throws(GraderFault) -> String {
    let path = "\(sources)/\(name)"
    try Files.put(bytes, to: path)
    guard chmod(path, 0o644) == 0 else {
      throw GraderFault(.cannot(.setMode, path, .last))
    }
    return path
  }

  /// Empties the output before a job.
  ///
  /// Each job runs as a user of its own, who may not write what an earlier one left; and nothing of
  /// an earlier job can be taken for a later one's.
  func clearOutput() throws(GraderFault) {
    for name in Files.names(in: output) { Files.remove("\(output)/\(name)") }
    guard Files.names(in: output).isEmpty else {
      throw GraderFault(.cannot(.empty, output, nil))
    }
  }

  /// Makes what a jailed program left in the output a source of the next job: a copy that no later
  /// program can change.
  ///
  /// - Returns: The copy's path, or nil when there is nothing that can be used.
  func promote(_ name: String, atMost limit: Int) throws(GraderFault) -> String? {
    guard let bytes = read(name, atMost: limit) else { return nil }
    return try add(bytes, as: name)
  }

  /// Reads what a jailed program left in the output: a regular file of its own and nothing else.
  ///
  /// - Returns: Nil when there is no such file, or it is a link, a device or too long.
  func read(_ name: String, atMost limit: Int) -> [UInt8]? {
    // The folder is ours, so only the last component can be a trap.
    let descriptor = open("\(output)/\(name)", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var info = stat()
    guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_nlink == 1,
      info.st_size <= limit
    else { return nil }
    return [UInt8](FileHandle(fileDescriptor: descriptor).readData(ofLength: Int(info.st_size)))
  }
}
