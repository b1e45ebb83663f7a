import Foundation
import Testing

/// The files of an assignment, batch norm if nothing is said, as a student might hand them in.
struct Homework: Sendable {
  /// Contents by path in the assignment's folder.
  var files: [String: [UInt8]]
  /// The folder of the student's module.
  private let sources: String

  /// The handout as it is.
  static let stub = Homework(folder: "assignments/a1-batch-norm", sources: sources)

  /// The handout with the reference solution laid over it.
  static let solution = solution(of: "a1-batch-norm", module: "BatchNorm")

  static let sources = "Sources/BatchNorm"

  /// An assignment's handout with the reference solution laid over it.
  static func solution(of assignment: String, module: String) -> Homework {
    let sources = "Sources/\(module)"
    var homework = Homework(folder: "assignments/\(assignment)", sources: sources)
    let solved = Homework(folder: "reference/\(assignment)/Solution", sources: sources)
    homework.files.merge(solved.files) { _, solved in solved }
    return homework
  }

  private init(folder: String, sources: String) {
    self.sources = sources
    let root = "\(Repository.root)/\(folder)"
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
    files = [:]
    for name in names where !name.hasPrefix(".") {
      // Folders cannot be read, and are left out.
      if let data = try? Data(contentsOf: URL(filePath: "\(root)/\(name)")) {
        files[name] = [UInt8](data)
      }
    }
  }

  // MARK: Changes

  func text(of file: String) throws -> String {
    let bytes = try #require(files["\(sources)/\(file)"], "there is no \(file)")
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Replaces a piece of text that occurs exactly once in a file of the student's module.
  func replacing(_ old: String, with new: String, in file: String) throws -> Homework {
    let text = try text(of: file)
    try #require(text.ranges(of: old).count == 1, "\(old) in \(file)")
    return adding(file, text.replacing(old, with: new))
  }

  /// Adds a file to the student's module, or takes the place of one.
  func adding(_ file: String, _ text: String) -> Homework {
    adding(path: "\(sources)/\(file)", Array(text.utf8))
  }

  func adding(path: String, _ bytes: [UInt8]) -> Homework {
    var homework = self
    homework.files[path] = bytes
    return homework
  }

  func removing(_ file: String) -> Homework {
    var homework = self
    homework.files["\(sources)/\(file)"] = nil
    return homework
  }

  /// Puts text at the end of a file of the student's module.
  func appending(_ text: String, to file: String) throws -> Homework {
    adding(file, try self.text(of: file) + text)
  }

  /// The part files of the student's module.
  static let parts = [
    "Forward.swift", "Steps.swift", "ParameterGradients.swift", "Chain.swift", "ClosedForm.swift",
    "Inference.swift", "SmallNetwork.swift",
  ]
}

// MARK: - Archives

/// A kind of archive.
enum Packing: String, CaseIterable, Sendable {
  case tar = ".tar"
  case tarGz = ".tar.gz"
  case tarXz = ".tar.xz"
  case zip = ".zip"

  /// The command that packs what is named after it.
  func command(_ archive: String) -> String {
    switch self {
    case .tar: "tar cf \(archive)"
    case .tarGz: "tar czf \(archive)"
    case .tarXz: "tar cJf \(archive)"
    case .zip: "zip -qr \(archive)"
    }
  }
}

/// From where students pack.
enum Layout: String, CaseIterable, Sendable {
  /// `tar czf ../submit.tar.gz .` in the assignment's folder.
  case inside
  /// The same with `*`.
  case inParts
  /// `tar czf submit.tar.gz a1-batch-norm` above it.
  case above
  /// The folder two levels down.
  case deep
}

extension Homework {
  /// Writes the files below a folder.
  func write(to name: String, in folder: TemporaryFolder) throws {
    for (path, bytes) in files { try folder.write(bytes, to: "\(name)/\(path)") }
  }

  /// Packs the files as `submit` with the ending of the kind.
  ///
  /// - Returns: The archive's path.
  func packed(
    as packing: Packing = .tarGz,
    _ layout: Layout = .above,
    in folder: TemporaryFolder
  ) throws -> String {
    let archive = "\(folder.path)/submit\(packing.rawValue)"
    let command = packing.command("'\(archive)'")
    let work = "pack-\(UUID().uuidString)"
    try write(to: "\(work)/term/week/a1-batch-norm", in: folder)
    switch layout {
    case .inside: try folder.shell("\(command) .", in: "\(work)/term/week/a1-batch-norm")
    case .inParts: try folder.shell("\(command) *", in: "\(work)/term/week/a1-batch-norm")
    case .above: try folder.shell("\(command) a1-batch-norm", in: "\(work)/term/week")
    case .deep: try folder.shell("\(command) term", in: work)
    }
    return archive
  }
}
