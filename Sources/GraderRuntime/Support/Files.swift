import Foundation
import GraderCore

/// Operations on the grader's own files; a failure is a fault that names the path.
package enum Files {
  /// All bytes of a file.
  package static func read(_ path: String) throws(GraderFault) -> [UInt8] {
    do {
      return [UInt8](try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw GraderFault(.broken, "Cannot read \(path): \(error.words).")
    }
  }

  /// Puts a file in its place in one step: it is there whole, or as it was.
  package static func write(_ bytes: some Collection<UInt8>, to path: String) throws(GraderFault) {
    do {
      try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw GraderFault(.temporary, "Cannot write \(path): \(error.words).")
    }
  }

  /// The same without waiting for the disk: for what is made again from other files.
  package static func put(_ bytes: some Collection<UInt8>, to path: String) throws(GraderFault) {
    let file = try FreshFile(for: path)
    try file.write(bytes)
    try file.put()
  }

  /// Makes a folder and those above it.
  package static func makeFolder(_ path: String, mode: Int = 0o755) throws(GraderFault) {
    do {
      try FileManager.default.createDirectory(
        atPath: path,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: mode]
      )
    } catch {
      throw GraderFault(
        .temporary,
        "Cannot make the folder \(path): \(error.words)."
      )
    }
  }

  static func link(_ path: String, to target: String) throws(GraderFault) {
    do {
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    } catch {
      throw GraderFault(.temporary, "Cannot link \(path): \(error.words).")
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
