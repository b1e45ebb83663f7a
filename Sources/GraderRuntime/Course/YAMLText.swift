import Foundation
import GraderCore
import Yams

/// Descriptions that people write in YAML, read into values.
package enum YAMLText {
  /// The value that a text describes.
  ///
  /// - Throws: `GraderFault` that names the file, the place in it, and what is allowed there.
  package static func decode<Value: Decodable>(
    _ type: Value.Type,
    from text: String,
    path: String,
    of owner: FaultFact.Owner = .theirs
  ) throws(GraderFault) -> Value {
    try decoded(type, from: text, path: path, of: owner).value
  }

  /// The same for a value whose properties are all the keys that there are: no other is allowed.
  package static func decodeWhole<Value: Decodable>(
    _ type: Value.Type,
    from text: String,
    path: String
  ) throws(GraderFault) -> Value {
    let (value, node) = try decoded(type, from: text, path: path, of: .ours)
    if let stranger = stranger(in: node, besides: value) {
      throw GraderFault(.notUnderstood(path, placed(stranger, in: node), of: .ours))
    }
    return value
  }

  private static func decoded<Value: Decodable>(
    _ type: Value.Type,
    from text: String,
    path: String,
    of owner: FaultFact.Owner
  ) throws(GraderFault) -> (value: Value, node: Node) {
    do {
      let node = try compose(text)
      do {
        return (try YAMLDecoder().decode(type, from: node), node)
      } catch {
        throw placed(Misreading(error), in: node)
      }
    } catch {
      throw GraderFault(.notUnderstood(path, Misreading.of(error), of: owner))
    }
  }

  /// The kinds of plain scalars that matter where each value says which type it has.
  ///
  /// Each kind is a regular expression that every scalar is held against.
  private static let kinds = Resolver.basic.appending(.null).appending(.merge)

  private static func compose(_ text: String) throws -> Node {
    do {
      return try Yams.compose(yaml: text, kinds) ?? Node("")
    } catch let error as YamlError {
      throw Misreading(error)
    }
  }

  // MARK: Keys

  /// A key that no property of the value has: left alone, a misspelt one would silently count for
  /// nothing.
  private static func stranger(in node: Node, besides value: Any, _ keys: [String] = [])
    -> Misreading?
  {
    let mirror = Mirror(reflecting: value)
    switch (mirror.displayStyle, node) {
    case (.optional, _):
      return mirror.children.first.flatMap { stranger(in: node, besides: $0.value, keys) }
    case (.collection, .sequence(let items)):
      for (index, (item, child)) in zip(items, mirror.children).enumerated() {
        let keys = keys + ["#\(index + 1)"]
        if let found = stranger(in: item, besides: child.value, keys) { return found }
      }
    case (.struct, .mapping(let mapping)):
      let known = mirror.children.compactMap(\.label)
      for (key, item) in mapping {
        let name = key.string ?? ""
        guard let child = mirror.children.first(where: { $0.label == name }) else {
          let words = "is not known; there are: \(known.joined(separator: ", "))"
          return Misreading(.refused(words), keys: keys + [name])
        }
        if let found = stranger(in: item, besides: child.value, keys + [name]) { return found }
      }
    default: break
    }
    return nil
  }

  // MARK: Places

  /// The misreading with its line, and with what stands there.
  private static func placed(_ misreading: Misreading, in root: Node) -> Misreading {
    var (placed, node) = (misreading, root)
    placed.line = root.mark?.line
    for key in misreading.keys {
      guard let (mark, next) = child(key, of: node) else { return placed }
      placed.line = mark?.line ?? placed.line
      node = next
    }
    if case .wrongKind(let wanted, _) = misreading.problem, let text = node.scalar?.string {
      placed.problem = .wrongKind(wanted: wanted, found: Printable.line(text, longest: 60))
    }
    return placed
  }

  private static func child(_ key: String, of node: Node) -> (Mark?, Node)? {
    switch node {
    case .mapping(let mapping):
      return mapping.first { $0.key.string == key }.map { ($0.key.mark, $0.value) }
    case .sequence(let items):
      guard let number = Int(key.dropFirst()), items.indices.contains(number - 1) else {
        return nil
      }
      return (items[number - 1].mark, items[number - 1])
    default: return nil
    }
  }
}

extension Misreading {
  fileprivate static func of(_ error: any Error) -> Misreading {
    error as? Misreading ?? Misreading(error)
  }

  /// The parser's words, without the text around them.
  fileprivate init(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(.broken("the YAML is broken: \(problem)"), line: mark.line)
    case .duplicatedKeysInMapping(let names, let context):
      let words = "the same key twice: \(names.sorted().joined(separator: ", "))"
      self.init(.broken(words), line: context.mark.line)
    case .reader(let problem, _, _, _): self.init(.broken("the YAML is broken: \(problem)"))
    default: self.init(.broken("the YAML is broken"))
    }
  }
}
