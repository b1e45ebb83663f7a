/// Text from strangers, made harmless for the language that it is put into.
enum Escaped {
  /// For a line of Markdown: nothing in it is markup, a link, a mention or a cell's end.
  static func markdown(_ text: String) -> String {
    let special = Set<Character>("\\`*_{}[]()<>#+-.!|~&@:")
    return text.map { character in
      if character.isNewline { return " " }
      return special.contains(character) ? "\\\(character)" : String(character)
    }.joined()
  }

  /// A block of Markdown that is shown as it is, whatever fences it holds itself.
  static func markdownBlock(_ text: String) -> String {
    var longest = 0
    var run = 0
    for character in text {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)text\n\(text)\n\(fence)"
  }

  /// The message of a GitHub workflow command.
  static func commandMessage(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r\n", with: "%0A")
      .replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  /// A property of a GitHub workflow command.
  static func commandProperty(_ text: String) -> String {
    commandMessage(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
