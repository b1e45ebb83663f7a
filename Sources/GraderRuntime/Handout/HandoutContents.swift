import Foundation
import GraderCore

/// The files of a handout.
package struct HandoutContents: Sendable {
  /// The present place of each file, by its path in the archive.
  package private(set) var files: [String: String] = [:]
  /// The files among them that are not handed out.
  package private(set) var leftOut: [String] = []
  /// Texts that are made for the assignment, by their path in the archive.
  private var made: [String: String] = [:]
  private let id: String

  /// The handout of an assignment, without its files so far.
  init(of id: String) {
    self.id = id
    made = EditorFiles.all(for: id)
  }

  /// The number of files.
  package var count: Int { files.count + made.count }

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
    try each { name, content, isExecutable in
      bytes += zip.add(name, content, isExecutable: isExecutable)
    }
    return bytes + zip.end()
  }

  /// The same with what a repository needs besides.
  package func forRepository() -> HandoutContents {
    var contents = self
    contents.made.merge(EditorFiles.repository(for: id)) { $1 }
    return contents
  }

  /// Writes the files to a folder that is empty, or not there.
  ///
  /// - Throws: `GraderFault` when something is in it, or it cannot be written.
  package func write(to folder: String) throws(GraderFault) {
    guard Files.names(in: folder).isEmpty else {
      throw GraderFault(
        .usage,
        "\(folder) is not empty.",
        remedy: "Name a folder that is not there yet: nothing is overwritten."
      )
    }
    try each { name, content, isExecutable throws(GraderFault) in
      let path = "\(folder)/\(name)"
      try Files.makeFolder((path as NSString).deletingLastPathComponent)
      try Files.write(content, to: path)
      if isExecutable {
        try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
      }
    }
  }

  /// All files in the order of their paths.
  private func each(
    _ body: (String, [UInt8], Bool) throws(GraderFault) -> Void
  ) throws(GraderFault) {
    for name in (Array(files.keys) + made.keys).sorted() {
      if let path = files[name] {
        let isExecutable = FileManager.default.isExecutableFile(atPath: path)
        try body(name, try Files.read(path), isExecutable)
      } else {
        try body(name, Array((made[name] ?? "").utf8), false)
      }
    }
  }
}
