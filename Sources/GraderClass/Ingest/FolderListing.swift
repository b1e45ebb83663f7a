import ClassCore
import Foundation
import GraderRuntime

/// The files below a folder; links are never followed.
struct FolderListing: Sendable {
  /// The folder.
  let root: String
  /// Sizes by paths below the folder.
  private(set) var files: [String: UInt64] = [:]
  /// What is there and cannot be used.
  private(set) var unusable: [IngestFinding] = []

  private let excluded: String?

  private static let deepest = 32

  /// Lists a folder; one folder below it may be left out.
  init(_ root: String, excluding excluded: String?) {
    self.root = Files.real(root)
    self.excluded = excluded.map(Files.real)
    walk("", depth: 0)
  }

  private mutating func walk(_ folder: String, depth: Int) {
    let full = folder.isEmpty ? root : "\(root)/\(folder)"
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: full) else {
      return unusable.append(.unusable(path: folder, reason: "it cannot be opened"))
    }
    for name in names.sorted() {
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      var status = stat()
      guard lstat("\(root)/\(path)", &status) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR where "\(root)/\(path)" == excluded: continue
      case S_IFREG: files[path] = UInt64(max(0, status.st_size))
      case S_IFDIR where FileNames.isNeverGraded(folder: name):
        // Enough to tell a repository; builds hold thousands of files.
        if name == ".git" { files["\(path)/HEAD"] = 0 }
      case S_IFDIR where depth < Self.deepest: walk(path, depth: depth + 1)
      case S_IFDIR: unusable.append(.unusable(path: path, reason: "it is too deep"))
      case S_IFLNK: unusable.append(.unusable(path: path, reason: "it is a link"))
      default: unusable.append(.unusable(path: path, reason: "it is no file"))
      }
    }
  }
}
