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
  /// An archive of the files that has the same bytes on every machine and day.
  package func zipped() throws(GraderFault) -> [UInt8] {
    let folder = try Files.makeTemporaryFolder()
    defer { Files.remove(folder) }
    let names = files.keys.sorted()
    for name in names {
      try copy(name, to: "\(folder)/files/\(name)")
    }
    let zip = try Self.zip()
    let result = try Tool.run(
      zip,
      ["-X", "-D", "-9", "-q", "\(folder)/handout.zip", "-@"],
      in: "\(folder)/files",
      environment: ["TZ": "UTC", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"],
      input: names.map { $0 + "\n" }.joined()
    )
    guard result.status == 0 else {
      throw GraderFault(.toolFailed(zip, result.errorText + result.outputText))
    }
    return try Files.read("\(folder)/handout.zip")
  }

  /// 2026-01-01, for all files.
  private static let date = Date(timeIntervalSince1970: 1_767_225_600)

  private func copy(_ name: String, to path: String) throws(GraderFault) {
    guard let source = files[name] else { return }
    try Files.makeFolder((path as NSString).deletingLastPathComponent)
    try Files.write(try Files.read(source), to: path)
    let isExecutable = FileManager.default.isExecutableFile(atPath: source)
    do {
      try FileManager.default.setAttributes(
        [.posixPermissions: isExecutable ? 0o755 : 0o644, .modificationDate: Self.date],
        ofItemAtPath: path
      )
    } catch {
      throw GraderFault(.cannot(.date, path, .init(error)))
    }
  }

  private static func zip() throws(GraderFault) -> String {
    let search = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let places = search.split(separator: ":").map { "\($0)/zip" }
    guard let found = places.first(where: FileManager.default.isExecutableFile) else {
      throw GraderFault(
        .unavailable,
        "There is no `zip` here.",
        remedy: "Install it: `apt install zip`."
      )
    }
    return found
  }
}
