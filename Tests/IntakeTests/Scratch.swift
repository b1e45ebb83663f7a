import Foundation
import GraderCore
import Testing

/// A temporary folder that goes away with its test.
final class Scratch: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "chainrule-intake-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func write(_ files: [String: String], below top: String = "") throws {
    for (name, content) in files {
      let file = folder.appending(path: top).appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      try Data(content.utf8).write(to: file)
    }
  }

  /// Runs a shell script in the folder; it has to succeed.
  func shell(_ script: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-ec", script]
    process.currentDirectoryURL = folder
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(script)")
  }

  /// Everything in the folder, as it can be told from outside.
  func snapshot() throws -> [String: String] {
    var found: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      let path = folder.appending(path: name).path
      let facts = try FileManager.default.attributesOfItem(atPath: path)
      let keys: [FileAttributeKey] = [.type, .size, .modificationDate, .posixPermissions]
      found[name] = keys.map { "\(facts[$0] ?? "")" }.joined(separator: " ")
    }
    return found
  }
}

/// The course that the archives in these tests are handed in for.
enum Course {
  static let handIn = HandIn(
    required: paths("Sources/BatchNorm/Forward.swift", "Sources/BatchNorm/Steps.swift")
      + paths("Derivation.md"),
    patterns: [PathPattern("Sources/BatchNorm/**.swift")].compactMap(\.self)
  )
  static let assignments = [IntakeAssignment(id: "a1-batch-norm", handIn: handIn)]

  /// A student's files, and what lies beside them in the assignment's folder.
  static let files = [
    "Sources/BatchNorm/Forward.swift": "import CourseKit\n\npublic func forward() {}\n",
    "Sources/BatchNorm/Steps.swift": "import CourseKit\n\npublic func steps() {}\n",
    "Derivation.md": "# Derivation\n",
  ]
  static let handout = [
    "Package.swift": "// swift-tools-version: 6.2\n", "README.md": "# Batch normalization\n",
    "Tests/BatchNormTests/ForwardTests.swift": "import XCTest\n",
  ]

  private static func paths(_ strings: String...) -> [RelativePath] {
    strings.compactMap(RelativePath.init)
  }
}

extension IntakeResult {
  /// Reads the archive and decides.
  init(_ archive: URL, limits: IntakeLimits = IntakeLimits()) throws {
    let run = try Reader.run(archive, Course.assignments, limits: limits)
    self = try run.answer.result(fileName: archive.lastPathComponent, limits: limits)
  }
}

extension ReaderAnswer {
  func result(fileName: String, limits: IntakeLimits = IntakeLimits()) throws -> IntakeResult {
    switch self {
    case .listing(let listing):
      return resolve(
        listing,
        fileName: fileName,
        assignments: Course.assignments,
        limits: limits
      )
    case .problem(let problem): return .refused(problem, IntakeReport())
    case .fault(let fault): throw fault
    }
  }
}
