import Foundation
import Gradebook
import GraderRuntime

/// A copy of a gradebook on a local disk: SQLite's locks and its log are for one machine, and a
/// shared file system keeps neither.
final class BookCopy: Sendable {
  /// The path of the copy.
  let path: String
  private let folder: String
  private static let name = "gradebook.sqlite"

  /// A copy of the gradebook in a file, with all that a killed process had written.
  init(of file: String) throws {
    folder = try Files.makeTemporaryFolder()
    path = "\(folder)/\(Self.name)"
    try FileManager.default.copyItem(atPath: file, toPath: path)
    guard Files.exists("\(file)-wal") else { return }
    // Its log belongs to it until both are one, on the shared disk too: read again, it changes
    // nothing then, whatever becomes of this process in between.
    try FileManager.default.copyItem(atPath: "\(file)-wal", toPath: "\(path)-wal")
    try Gradebook(path: path).close()
    let above = (file as NSString).deletingLastPathComponent
    try putBack(into: try PrivateFolder(above))
    for ending in ["-wal", "-shm"] { Files.remove("\(file)\(ending)") }
  }

  deinit { Files.remove(folder) }

  /// Puts it in the place of the gradebook, which is there whole, or as it was.
  func putBack(into files: PrivateFolder) throws(GraderFault) {
    let fresh = try files.fresh(Self.name)
    do {
      let reader = try FileHandle(forReadingFrom: URL(filePath: path))
      while let piece = try reader.read(upToCount: 1 << 20), !piece.isEmpty {
        try fresh.write(piece)
      }
    } catch let fault as GraderFault {
      throw fault
    } catch {
      throw GraderFault(.cannot(.read, path, .init(error)))
    }
    try fresh.keep()
    try fresh.put()
  }
}
