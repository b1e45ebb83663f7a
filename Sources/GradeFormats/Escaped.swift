/// Text from strangers, made harmless for the language that it is put into.
package enum Escaped {
  /// For text and quoted attributes of HTML and XML, without what XML 1.0 forbids.
  package static func markup(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case _ where !isAllowedInXML(scalar): result += "\u{fffd}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// For an XML attribute, in which a reader would turn line ends into spaces.
  static func attribute(_ text: String) -> String {
    markup(text).replacing("\r\n", with: "&#10;").replacing("\n", with: "&#10;")
      .replacing("\r", with: "&#10;").replacing("\t", with: "&#9;")
  }

  /// XML 1.0 `Char`; besides, what turns the direction of text round stays out of every page.
  private static func isAllowedInXML(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xa, 0xd: true
    case 0..<0x20, 0x7f..<0xa0, 0x202a...0x202e, 0x2066...0x2069, 0xfffe, 0xffff: false
    default: true
    }
  }

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
