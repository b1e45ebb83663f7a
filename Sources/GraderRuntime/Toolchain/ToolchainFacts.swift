import Foundation
import GradeFormats
import GraderCore

/// The facts of a toolchain that grades depend on, the same wherever it is installed.
struct ToolchainFacts: Codable, Equatable, Sendable {
  /// The first line of the compiler's version.
  var version: String
  /// A digest over its programs and libraries.
  var digest: String

  /// All of them, for a grade's key.
  var key: String { "\(version) \(digest)" }

  /// The version that the grader is made for.
  private static let wanted = "6.3"

  /// Makes sure that grades by this toolchain are comparable.
  ///
  /// - Throws: `GraderFault` when it is of another version than the grader is made for.
  func check(_ toolchain: Toolchain) throws(GraderFault) {
    guard !version.contains("version \(Self.wanted)") else { return }
    throw GraderFault(
      .unavailable,
      "\(version) in \(toolchain.root); the grader is made for \(Self.wanted).",
      remedy: "Install Swift \(Self.wanted) from https://www.swift.org/install."
    )
  }
}

extension Toolchain {
  /// The facts of this toolchain, looked up once per installation: that reads 0.6 GB.
  func facts(in cache: Cache) throws(GraderFault) -> ToolchainFacts {
    let name = "facts.json"
    let folder = try cache.artefact(
      "toolchain",
      key: Digest.hex(of: Array("facts/1 \(identity)".utf8)),
      isSecret: false
    ) { folder throws(GraderFault) in
      let facts = ToolchainFacts(version: try version(), digest: try contentDigest())
      try Files.write(Array(try JSONText.encode(facts).utf8), to: "\(folder)/\(name)")
    }
    do {
      return try JSONDecoder().decode(
        ToolchainFacts.self,
        from: Data(try Files.read("\(folder)/\(name)"))
      )
    } catch let fault as GraderFault {
      throw fault
    } catch {
      throw GraderFault(.damaged(name, in: folder, Misreading(error)))
    }
  }

  private func contentDigest() throws(GraderFault) -> String {
    var digest = Digest()
    let libraries = Files.below("\(staticResources)/linux").map { "lib/swift_static/linux/\($0)" }
    for file in Self.programs.map({ "bin/\($0)" }) + libraries {
      digest.add(field: file)
      try digest.add(contentOf: "\(root)/\(file)")
    }
    return digest.hex()
  }
}
