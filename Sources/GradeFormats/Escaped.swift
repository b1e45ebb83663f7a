import GraderCore

/// Text from strangers, made harmless for the language that it is put into.
///
/// What these languages read is scalars and not characters: a sign stays one with a combining mark
/// behind it.
enum Escaped {
  /// For a line of Markdown: nothing in it is markup, a link, a mention or a cell's end.
  static func markdown(_ text: String) -> String {
    let special = Set("\\`*_{}[]()<>#+-.!|~&@:".unicodeScalars)
    return text.replacing("\r\n", with: " ").replacingScalars { scalar in
      if Character(scalar).isNewline { return " " }
      return special.contains(scalar) ? "\\\(scalar)" : nil
    }
  }

  /// A block of Markdown that is shown as it is, whatever fences it holds itself.
  static func markdownBlock(_ text: String) -> String {
    var longest = 0
    var run = 0
    for scalar in text.unicodeScalars {
      run = scalar == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)text\n\(text)\n\(fence)"
  }

  /// The message of a GitHub workflow command.
  static func commandMessage(_ text: String) -> String {
    text.replacing("\r\n", with: "\n").replacingScalars { scalar in
      switch scalar {
      case "%": "%25"
      case "\r": "%0D"
      case "\n": "%0A"
      default: nil
      }
    }
  }

  /// A property of a GitHub workflow command.
  static func commandProperty(_ text: String) -> String {
    commandMessage(text).replacingScalars { $0 == ":" ? "%3A" : $0 == "," ? "%2C" : nil }
  }
}
