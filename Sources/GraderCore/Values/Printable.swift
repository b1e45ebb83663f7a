/// Text from untrusted programs, made safe to show in a terminal, a log or a report.
package enum Printable {
  /// Text on one line.
  package static func line(_ text: String, longest: Int = 500) -> String {
    cut(String(text.unicodeScalars.map(replacement).joined()), longest: longest)
  }

  /// Text that keeps its line feeds and tabs.
  package static func block(_ text: String, longest: Int = 64 << 10) -> String {
    let scalars = text.unicodeScalars.map { scalar -> String in
      scalar == "\n" || scalar == "\t" ? String(scalar) : replacement(for: scalar)
    }
    return cut(scalars.joined(), longest: longest)
  }

  /// Text from bytes that may not be UTF-8.
  package static func block(_ bytes: [UInt8], longest: Int = 64 << 10) -> String {
    block(String(decoding: bytes, as: UTF8.self), longest: longest)
  }

  /// Letters and symbols that nothing is drawn for: the fillers of Hangul, and Braille's blank.
  private static let blanks: Set<Unicode.Scalar> = [
    "\u{115F}", "\u{1160}", "\u{2800}", "\u{3164}", "\u{FFA0}",
  ]

  private static func replacement(for scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case _ where blanks.contains(scalar): "\\u{\(String(scalar.value, radix: 16))}"
    // Escapes, and the format characters that can turn text round or hide it.
    case .control, .format, .surrogate, .privateUse, .lineSeparator, .paragraphSeparator:
      "\\u{\(String(scalar.value, radix: 16))}"
    default: String(scalar)
    }
  }

  /// The start of a text, and how much of it is left out; a character can have any number of
  /// scalars, so these are counted.
  package static func cut(_ text: String, longest: Int) -> String {
    let scalars = text.unicodeScalars
    guard
      let end = scalars.index(scalars.startIndex, offsetBy: longest, limitedBy: scalars.endIndex),
      end < scalars.endIndex
    else { return text }
    return "\(text[..<end]) … (\(scalars[end...].count) more characters)"
  }
}

/// A word of a command that people paste into a shell.
package enum ShellWord {
  /// The text as one word, whatever it holds.
  package static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty && text.unicodeScalars.first != "-"
      && text.unicodeScalars.allSatisfy { scalar in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-", "/": true
        default: false
        }
      }
    if isPlain { return text }
    let word = "'\(text.replacingScalars { $0 == "'" ? "'\\''" : nil })'"
    return text.unicodeScalars.first == "-" ? "./\(word)" : word
  }
}

extension String {
  /// The text with other text for some scalars.
  ///
  /// A combining mark makes one character with the sign before it, so that a search for characters
  /// passes the sign over, and what reads bytes does not.
  package func replacingScalars(_ substitute: (Unicode.Scalar) -> String?) -> String {
    var result = ""
    for scalar in unicodeScalars {
      if let text = substitute(scalar) {
        result += text
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
