/// A piece of HTML, SVG or XML, in which words are always escaped.
///
/// Names of elements and of attributes are literals: nothing that comes from outside can be one.
package struct Markup: Sendable {
  private typealias Attribute = (name: StaticString, value: String)

  private indirect enum Content: Sendable {
    case words(String)
    case element(StaticString, [Attribute], [Markup])
    /// An element whose text a browser does not unescape, because it holds no markup.
    case raw(StaticString, [Attribute], String)
  }

  private let content: Content

  private init(_ content: Content) {
    self.content = content
  }

  /// Words.
  package init(words: String) {
    content = .words(words)
  }

  /// An element.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - attributes: Its attributes in their order; those without a value are left out.
  ///   - children: Words and elements within it.
  package init(
    _ name: StaticString,
    _ attributes: KeyValuePairs<StaticString, String?> = [:],
    @MarkupBuilder children: () -> [Markup] = { [] }
  ) {
    let present = attributes.compactMap { name, value in value.map { (name: name, value: $0) } }
    content = .element(name, present, children())
  }

  // MARK: Text that is not escaped

  /// A style sheet.
  ///
  /// - Precondition: It does not hold the end of its own element.
  package static func style(_ sheet: String) -> Markup {
    precondition(!sheet.lowercased().contains("</style"))
    return Markup(.raw("style", [], sheet))
  }

  /// A script.
  ///
  /// - Precondition: It does not hold what begins or ends a script for a browser.
  package static func script(_ source: String) -> Markup {
    let text = source.lowercased()
    precondition(!["</script", "<script", "<!--"].contains { text.contains($0) })
    return Markup(.raw("script", [], source))
  }

  /// Facts that a page's script finds by the element's id.
  ///
  /// - Throws: `EncodingError`.
  package static func facts(id: String, _ value: some Encodable) throws -> Markup {
    let attributes: [Attribute] = [("type", "application/json"), ("id", id)]
    return Markup(.raw("script", attributes, try JSONText.withinScript(value)))
  }

  // MARK: Writing

  /// Elements of HTML that have no end.
  private static let void: Set<String> = ["br", "input", "meta"]

  /// Elements whose parts stand on lines of their own, because space between them means nothing.
  private static let lined: Set<String> = [
    "html", "head", "body", "header", "main", "section", "article", "table", "tbody", "svg",
    "testsuites", "testsuite", "properties",
  ]

  /// The text of this piece.
  package func render() -> String {
    var out = ""
    write(to: &out)
    return out
  }

  private func write(to out: inout String) {
    switch content {
    case .words(let words): out += Self.escaped(words)
    case .raw(let name, let attributes, let text):
      Self.begin(name, attributes, &out)
      out += text
      out += "</\(name)>"
    case .element(let name, let attributes, let children):
      Self.begin(name, attributes, &out)
      if Self.void.contains(name.description) { return }
      let isLined = !children.isEmpty && Self.lined.contains(name.description)
      if isLined { out += "\n" }
      for child in children {
        child.write(to: &out)
        if isLined { out += "\n" }
      }
      out += "</\(name)>"
    }
  }

  private static func begin(_ name: StaticString, _ attributes: [Attribute], _ out: inout String) {
    out += "<\(name)"
    for (name, value) in attributes { out += " \(name)=\"\(Self.escapedValue(value))\"" }
    out += ">"
  }

  // MARK: Escaping

  /// Words without what XML 1.0 forbids.
  private static func escaped(_ words: String) -> String {
    var result = ""
    result.reserveCapacity(words.utf8.count)
    for scalar in words.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case _ where !isAllowedInXML(scalar): result += "\u{fffd}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A reader of XML would turn line ends and tabs of an attribute into spaces.
  private static func escapedValue(_ value: String) -> String {
    escaped(value).replacing("\r\n", with: "&#10;").replacing("\n", with: "&#10;")
      .replacing("\r", with: "&#10;").replacing("\t", with: "&#9;")
  }

  /// XML 1.0 `Char` without what turns the direction of text round or hides it.
  ///
  /// The joiners stay, which names and emoji need.
  private static func isAllowedInXML(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xa, 0xd: true
    case 0..<0x20, 0x7f..<0xa0, 0x61c, 0x200b, 0x200e...0x200f, 0x2028...0x202e,
      0x2066...0x2069, 0xfeff, 0xfffe, 0xffff, 0xe0000...0xe007f:
      false
    default: true
    }
  }
}
