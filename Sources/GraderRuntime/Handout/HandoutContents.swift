import Foundation
import GraderCore

/// The files of a handout.
package struct HandoutContents: Sendable {
  /// The present place of each file, by its path in the archive.
  package private(set) var files: [String: String] = [:]
  /// The files among them that are not handed out.
  package private(set) var leftOut: [String] = []

  /// Leftovers of building, testing, packing and editing.
  private static let leftovers = ["Package.resolved", "__pycache__"]
  private static let endings = [".orig", ".rej", ".pyc", "~"]

  private static func isLeftOut(_ name: String) -> Bool {
    leftovers.contains(name) || endings.contains(where: name.hasSuffix)
      || ArchiveEnding(of: name)?.isArchive == true
  }

  /// Adds the files of a folder, but hidden ones and leftovers.
  mutating func add(_ folder: String, as name: String) throws(GraderFault) {
    for entry in Files.names(in: folder) {
      let (path, name) = ("\(folder)/\(entry)", "\(name)/\(entry)")
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      if entry.hasPrefix("."), entry != ".gitignore" { continue }
      if Self.isLeftOut(entry) {
        leftOut.append(name)
        continue
      }
      switch attributes?[.type] as? FileAttributeType {
      case .typeDirectory: try add(path, as: name)
      case .typeRegular where RelativePath(name) != nil: files[name] = path
      default:
        throw GraderFault(
          .broken,
          "\(path) cannot be handed out: it is a link, or has a strange name.",
          remedy: "Replace it by a plain file."
        )
      }
    }
  }
}

extension HandoutContents {
  /// An archive of the files that has the same bytes each time.
  package func zipped() throws(GraderFault) -> [UInt8] {
    var (zip, bytes) = (ZipWriter(), [UInt8]())
    for (name, path) in files.sorted(by: { $0.key < $1.key }) {
      let isExecutable = FileManager.default.isExecutableFile(atPath: path)
      bytes += zip.add(name, try Files.read(path), isExecutable: isExecutable)
    }
    return bytes + zip.end()
  }
}
