import Foundation

/// A public type as it is declared in the sources, with what its comments say on shapes.
struct LayerDeclaration {
  let name: String
  let isLayer: Bool
  /// The doc comment's `Shapes:` paragraph, on one line; nil if there is none.
  let shapes: String?
  /// The axes in the comments of its properties, and of those of types inside it.
  let properties: [String: [String]]

  /// All public structs of the engine.
  static func all() throws -> [LayerDeclaration] {
    try SourceFile.engine().flatMap { file in
      file.lines.indices.compactMap { LayerDeclaration(at: $0, in: file.lines) }
    }
  }

  private init?(at index: Int, in lines: [String]) {
    guard lines[index].hasPrefix("public struct ") else { return nil }
    name = String(lines[index].dropFirst("public struct ".count).prefix { $0 != "<" })
    isLayer = ["Layer", "Activation", "Network"].contains { lines[index].hasSuffix(">: \($0) {") }
    shapes = ShapeParagraph.above(index, in: lines)
    let body = lines[index...].prefix { $0 != "}" }
    var properties: [String: [String]] = [:]
    for (line, next) in zip(body, body.dropFirst()) {
      guard let match = next.firstMatch(of: /^ +public (?:var|let) (\w+): Tensor/),
        let axes = line.firstMatch(of: /^ +\/\/\/ .*`\[(.*?)\]`/)
      else { continue }
      properties[String(match.1)] = axes.1.components(separatedBy: ", ")
    }
    self.properties = properties
  }
}

/// A paragraph on shapes that stands above something else than a layer.
struct ShapeParagraph {
  /// The file's name and how the declaration begins, such as `LeNet5.swift: static func loss`.
  let place: String
  let text: String

  /// All of the engine, those of layers apart.
  static func all() throws -> [ShapeParagraph] {
    try SourceFile.engine().flatMap { file in
      file.lines.indices.compactMap { index -> ShapeParagraph? in
        let line = file.lines[index].drop(while: \.isWhitespace)
        guard !line.isEmpty, !line.hasPrefix("//"), let text = above(index, in: file.lines)
        else { return nil }
        let isLayer = line.firstMatch(of: />: (Layer|Activation|Network) \{$/) != nil
        let words = line.split(separator: " ").filter { $0 != "public" }
        let head = words.joined(separator: " ").prefix { !"(<:{".contains($0) }
        let place = "\(file.name): \(head.trimmingCharacters(in: .whitespaces))"
        return isLayer ? nil : ShapeParagraph(place: place, text: text)
      }
    }
  }

  /// The `Shapes:` paragraph of the comment that ends above a line, on one line.
  static func above(_ index: Int, in lines: [String]) -> String? {
    let comment = lines[..<index].reversed().map { $0.drop(while: \.isWhitespace) }
      .prefix { $0.hasPrefix("///") }.reversed()
      .map { $0.dropFirst(3).drop(while: \.isWhitespace) }
    guard let start = comment.firstIndex(where: { $0.hasPrefix("Shapes:") }) else { return nil }
    return comment[start...].prefix { !$0.isEmpty }.joined(separator: " ")
  }
}

/// One of the engine's source files.
struct SourceFile {
  let name: String
  let lines: [String]

  static func engine() throws -> [SourceFile] {
    // This file is LectureEngine/Tests/LectureEngineTests/Shapes/LayerDeclaration.swift.
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let sources = package.appendingPathComponent("Sources/LectureEngine")
    return try FileManager.default.subpathsOfDirectory(atPath: sources.path).sorted()
      .filter { $0.hasSuffix(".swift") }
      .map { path in
        let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
        return SourceFile(
          name: path.components(separatedBy: "/").last ?? path,
          lines: text.components(separatedBy: "\n")
        )
      }
  }
}
