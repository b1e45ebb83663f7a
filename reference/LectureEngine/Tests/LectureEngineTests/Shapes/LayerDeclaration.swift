import Foundation

/// A public layer as it is declared in the sources, with the paragraph on its shapes.
struct LayerDeclaration {
  let name: String
  /// The doc comment's `Shapes:` paragraph, on one line; nil if there is none.
  let shapes: String?

  /// All public layers of the engine.
  static func all() throws -> [LayerDeclaration] {
    // This file is LectureEngine/Tests/LectureEngineTests/Shapes/LayerDeclaration.swift.
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let sources = package.appendingPathComponent("Sources/LectureEngine").path
    var found: [LayerDeclaration] = []
    for file in try FileManager.default.subpathsOfDirectory(atPath: sources).sorted()
    where file.hasSuffix(".swift") {
      let text = try String(contentsOfFile: "\(sources)/\(file)", encoding: .utf8)
      found += declarations(in: text.components(separatedBy: "\n"))
    }
    return found
  }

  private static func declarations(in lines: [String]) -> [LayerDeclaration] {
    lines.indices.compactMap { index in
      let line = lines[index]
      let conformsToLayer = ["Layer", "Activation", "Network"].contains {
        line.hasSuffix(">: \($0) {")
      }
      guard conformsToLayer, line.hasPrefix("public struct ") else { return nil }
      let name = line.dropFirst("public struct ".count).prefix { $0 != "<" }
      return LayerDeclaration(name: String(name), shapes: paragraph(above: index, in: lines))
    }
  }

  private static func paragraph(above index: Int, in lines: [String]) -> String? {
    let comment = lines[..<index].reversed().prefix { $0.hasPrefix("///") }.reversed()
      .map { $0.dropFirst(3).drop(while: \.isWhitespace) }
    guard let start = comment.firstIndex(where: { $0.hasPrefix("Shapes:") }) else { return nil }
    return comment[start...].prefix { !$0.isEmpty }.joined(separator: " ")
  }
}
