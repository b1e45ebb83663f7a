import Foundation
import Testing

/// A fresh folder that everybody may look into and that goes away with its value.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/chainrule-e2e-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: path,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o755]
    )
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A folder in this one.
  func folder(_ name: String) throws -> String {
    try FileManager.default.createDirectory(
      atPath: "\(path)/\(name)",
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o755]
    )
    return "\(path)/\(name)"
  }

  @discardableResult
  func write(_ bytes: some Collection<UInt8>, to name: String) throws -> String {
    let file = "\(path)/\(name)"
    _ = try folder((name as NSString).deletingLastPathComponent)
    try Data(bytes).write(to: URL(filePath: file))
    return file
  }

  /// Runs a shell script in a folder of this one; it has to succeed.
  func shell(_ script: String, in name: String = ".") throws {
    let run = try Program.run("/bin/sh", ["-ec", script], in: "\(path)/\(name)")
    try #require(run.status == 0, "\(script)\n\(run.errors)")
  }

  /// Everything below, as it can be told from outside.
  func snapshot() throws -> [String: String] {
    var found: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      let facts = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
      let keys: [FileAttributeKey] = [.type, .size, .modificationDate, .posixPermissions]
      found[name] = keys.map { "\(facts[$0] ?? "")" }.joined(separator: " ")
    }
    return found
  }
}
