import Foundation

extension SourceTree {
  /// Modules whose folders stand in an order: what one needs never needs it back.
  private static let ordered = ["Sources/GraderCore/", "Sources/GraderRuntime/"]

  /// Files that tie their folder to one that needs it, straight or through others.
  var knotsBetweenFolders: [String] {
    Self.ordered.flatMap { module in
      Rooms(swiftFiles(below: module), in: module).knots
    }
  }
}

/// The folders of a module, and the types by which they depend on each other.
struct Rooms {
  /// A file of one folder that names a type of another.
  private struct Use {
    var path: String
    var type: String
    var from: String
    var to: String
  }

  private var uses: [Use] = []

  init(_ files: [(path: String, text: String)], in module: String) {
    let texts = files.map { file in
      let room = String(file.path.dropFirst(module.count).prefix { $0 != "/" })
      return (path: file.path, room: room, code: Self.code(of: file.text))
    }
    var homes: [String: String] = [:]
    for file in texts {
      for match in file.code.matches(of: Self.declaration) { homes[String(match.1)] = file.room }
    }
    for file in texts {
      for name in Set(file.code.matches(of: /\b[A-Z]\w*/).map { String($0.0) }).sorted() {
        guard let home = homes[name], home != file.room else { continue }
        uses.append(Use(path: file.path, type: name, from: file.room, to: home))
      }
    }
  }

  /// A type at the top level that other files can name.
  private static var declaration: Regex<(Substring, Substring)> {
    let pattern =
      #/
        ^(?:(?:public|package|internal|final|indirect)\ )*
        (?:struct|enum|class|actor|protocol|typealias)\ (\w+)
      /#
    return pattern.anchorsMatchLineEndings()
  }

  /// The text without comments and literals, in which a type's name is only a word.
  private static func code(of text: String) -> String {
    let pieces = text.components(separatedBy: "\"\"\"")
    let outside = pieces.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
    return outside.joined(separator: "\n").replacing(/"(?:\\.|[^"\\\n])*"/, with: "")
      .replacing(/\/\/.*/, with: "")
  }

  /// The uses that tie a folder to one that needs it back, in sentences.
  var knots: [String] {
    uses.filter { reaches($0.from, from: $0.to) }.map {
      "\($0.path) names \($0.type) of \($0.to), which needs \($0.from)"
    }
  }

  private func reaches(_ goal: String, from start: String) -> Bool {
    var seen: Set = [start]
    var open = [start]
    while let room = open.popLast() {
      if room == goal { return true }
      open += uses.filter { $0.from == room && seen.insert($0.to).inserted }.map(\.to)
    }
    return false
  }
}
