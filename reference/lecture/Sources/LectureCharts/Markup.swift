/// A piece of HTML or SVG.
package indirect enum Markup: Equatable, Sendable {
  /// Words, escaped when they are written.
  case text(String)
  /// Something written as it stands, such as a style sheet.
  case verbatim(String)
  /// An element with its attributes, in their order, and what it holds.
  case element(String, [Attribute], [Markup])

  /// A name and a value.
  package struct Attribute: Equatable, Sendable {
    let name: String
    let value: String
  }

  /// An element that holds other elements.
  package static func tag(
    _ name: String,
    _ attributes: KeyValuePairs<String, String> = [:],
    _ children: [Markup] = []
  ) -> Markup {
    .element(name, attributes.map { Attribute(name: $0.key, value: $0.value) }, children)
  }

  /// An element that holds words.
  package static func tag(
    _ name: String,
    _ attributes: KeyValuePairs<String, String> = [:],
    text: String
  ) -> Markup { tag(name, attributes, [.text(text)]) }

  /// Elements of HTML that have no end.
  private static let void: Set<String> = ["meta", "br", "hr", "col", "link"]

  /// Elements whose parts stand on lines of their own, where white space means nothing.
  private static let lined: Set<String> = [
    "html", "head", "body", "main", "nav", "header", "footer", "section", "article", "figure",
    "div", "table", "thead", "tbody", "tr", "ol", "ul", "svg", "g", "defs",
  ]

  /// The text of this piece.
  package func render() -> String {
    var out = ""
    write(to: &out)
    return out
  }

  private func write(to out: inout String) {
    switch self {
    case .text(let words): out += Self.escape(words)
    case .verbatim(let text): out += text
    case .element(let name, let attributes, let children):
      out += "<\(name)"
      for attribute in attributes {
        out += " \(attribute.name)=\"\(Self.escape(attribute.value))\""
      }
      out += ">"
      if Self.void.contains(name) { return }
      let separator = Self.lined.contains(name) && !children.isEmpty ? "\n" : ""
      out += separator
      for child in children {
        child.write(to: &out)
        out += separator
      }
      out += "</\(name)>"
    }
  }

  /// Words that may stand between tags and in quotation marks.
  package static func escape(_ words: String) -> String {
    var out = ""
    for character in words {
      switch character {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      default: out.append(character)
      }
    }
    return out
  }
}
