/// A word of a command that people paste into a shell.
package enum ShellWord {
  /// The text as one word, whatever it holds.
  package static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty && !text.hasPrefix("-")
      && text.unicodeScalars.allSatisfy { scalar in
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-", "/": true
        default: false
        }
      }
    if isPlain { return text }
    let word = "'\(text.replacing("'", with: "'\\''"))'"
    return text.hasPrefix("-") ? "./\(word)" : word
  }
}
