/// A pattern over paths: `*` stands for part of a name, `**` for anything below a folder.
///
/// As in a shell, hidden files are not meant: no pattern matches a name that begins with a dot.
package struct PathPattern: Hashable, Sendable {
  /// The pattern as written.
  package let string: String
  /// The folder in front of the first wildcard.
  package let folder: [String]
  /// The beginning of a matching path; the wildcards and the ending follow.
  private let prefix: String
  private let ending: String
  private let tokens: [Token]

  private enum Token: Hashable, Sendable {
    case literal(Character)
    case name
    case anything
  }

  /// Fails when the pattern has no wildcard, or when its fixed parts are not a safe path.
  package init?(_ string: String) {
    guard string.contains("*"),
      let probe = RelativePath(String(string.map { $0 == "*" ? "x" : $0 }))
    else { return nil }
    self.string = string
    let names = string.split(separator: "/").map(String.init)
    folder = Array(names.prefix(probe.components.count - 1).prefix { !$0.contains("*") })
    prefix = String(string.prefix { $0 != "*" })
    ending = String(string.reversed().prefix { $0 != "*" }.reversed())
    tokens = Self.tokens(of: string.dropFirst(prefix.count).dropLast(ending.count))
  }

  /// The ending of a matching name: `.swift` for `Sources/**.swift`.
  package var suffix: String {
    String(string.reversed().prefix { $0 != "*" && $0 != "/" }.reversed())
  }

  package func matches(_ path: RelativePath) -> Bool {
    guard path.string.hasPrefix(prefix), !path.components.contains(where: { $0.hasPrefix(".") })
    else { return false }
    let rest = path.string.dropFirst(prefix.count)
    guard rest.hasSuffix(ending) else { return false }
    let middle = rest.dropLast(ending.count)
    switch tokens {
    case [.anything]: return true
    case [.name]: return !middle.contains("/")
    default: return matches(Array(middle))
    }
  }

  /// Follows all ways to match at once, so that no pattern costs more than its length squared.
  private func matches(_ path: [Character]) -> Bool {
    // reachable[i]: the tokens so far can have consumed exactly i characters.
    var reachable = [Bool](repeating: false, count: path.count + 1)
    reachable[0] = true
    for token in tokens {
      var next = [Bool](repeating: false, count: path.count + 1)
      for start in 0...path.count where reachable[start] {
        extend(&next, from: start, by: token, in: path)
      }
      reachable = next
    }
    return reachable[path.count]
  }

  private func extend(
    _ next: inout [Bool],
    from start: Int,
    by token: Token,
    in path: [Character]
  ) {
    if case .literal(let character) = token {
      if start < path.count, path[start] == character { next[start + 1] = true }
      return
    }
    var end = start
    next[end] = true
    while end < path.count, !next[end + 1], token == .anything || path[end] != "/" {
      end += 1
      next[end] = true
    }
  }

  private static func tokens(of string: some StringProtocol) -> [Token] {
    var tokens: [Token] = []
    for character in string {
      if character != "*" {
        tokens.append(.literal(character))
      } else if tokens.last == .name {
        tokens[tokens.count - 1] = .anything
      } else if tokens.last != .anything {
        tokens.append(.name)
      }
    }
    return tokens
  }
}

extension PathPattern: CustomStringConvertible {
  package var description: String { string }
}
