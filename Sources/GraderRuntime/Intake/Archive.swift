import Foundation
import GraderCore

/// The file that a student handed in; nobody but the jailed reader looks inside.
struct Archive: Sendable {
  let path: String
  /// Its name, made safe to show.
  let name: String
  let digest: String

  /// The archive at a path, under the name that it was handed in by, if that differs.
  ///
  /// - Throws: `GraderFault` when there is no such file, which is not the student's doing.
  init(path: String, name: String? = nil) throws(GraderFault) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw GraderFault(.usage, "There is no file \(path).")
    }
    guard !isFolder.boolValue else {
      throw GraderFault(
        .usage,
        "\(path) is a folder.",
        remedy: "Pack it first, as in: tar czf submit.tar.gz FOLDER"
      )
    }
    self.path = path
    self.name = Printable.line(name ?? (path as NSString).lastPathComponent, longest: 255)
    digest = try Self.digest(of: path)
  }

  private static func digest(of path: String) throws(GraderFault) -> String {
    var digest = Digest()
    do {
      let handle = try FileHandle(forReadingFrom: URL(filePath: path))
      while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { digest.add(piece) }
      try handle.close()
    } catch {
      throw GraderFault(.usage, "Cannot read \(path): \(error.words).")
    }
    return digest.hex()
  }
}
