import Foundation
import GraderCore

/// A written answer as people read it, whatever program wrote the file.
package enum WrittenText {
  /// The text of a file: any known encoding, with line feeds, without marks of the byte order and
  /// without what marks the handout's own text.
  ///
  /// Escapes in an answer must not reach the marker's screen; what is in no encoding that is known
  /// is shown as far as it can be, and says so.
  package static func text(of bytes: [UInt8]) -> String {
    let read = TextEncoding.text(of: Data(bytes))
    let text = read?.text ?? String(decoding: bytes, as: UTF8.self)
    let unified = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    let shown = Printable.block(
      withoutMarkers(unified).precomposedStringWithCanonicalMapping,
      longest: 1 << 20
    )
    let isGuess = read == nil && !bytes.isEmpty
    return isGuess ? "(The file is neither UTF-8 nor in another known encoding.)\n\(shown)" : shown
  }

  /// The lines that are not markers: what the handout says stands in a comment between them.
  private static func withoutMarkers(_ text: String) -> String {
    var isInComment = false
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      switch line.trimmed {
      case "<!-- handout":
        isInComment = true
        return false
      case "-->" where isInComment:
        isInComment = false
        return false
      case "<!-- /handout -->", "<!-- handout -->": return false
      default: return true
      }
    }
    return lines.joined(separator: "\n")
  }
}
