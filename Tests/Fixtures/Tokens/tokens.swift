// Prints the tokens of Swift files as the compiler's own parser sees them, in the form in which
// similar code is compared: line, tab, text. Before each file stands a record separator.

import Foundation
import SwiftParser
import SwiftSyntax

final class Printer: SyntaxVisitor {
  var output = ""
  private var isAfterDot = false
  private let places: SourceLocationConverter

  private static let keywords: Set<String> = [
    "as", "break", "case", "catch", "class", "continue", "default", "defer", "do", "else", "enum",
    "extension", "fallthrough", "false", "for", "func", "guard", "if", "import", "in", "init",
    "inout", "is", "let", "nil", "private", "protocol", "public", "repeat", "return", "self",
    "static", "struct", "subscript", "switch", "throw", "throws", "true", "try", "typealias", "var",
    "where", "while",
  ]

  init(_ tree: SourceFileSyntax) {
    places = SourceLocationConverter(fileName: "", tree: tree)
    super.init(viewMode: .sourceAccurate)
    walk(tree)
  }

  private func put(_ text: String, at node: some SyntaxProtocol) {
    let line = places.location(for: node.positionAfterSkippingLeadingTrivia).line
    output += "\(line)\t\(text)\n"
    isAfterDot = text == "."
  }

  override func visit(_ node: StringLiteralExprSyntax) -> SyntaxVisitorContinueKind {
    put("\"", at: node)
    return .skipChildren
  }

  override func visit(_ node: RegexLiteralExprSyntax) -> SyntaxVisitorContinueKind {
    put("/", at: node)
    return .skipChildren
  }

  override func visit(_ node: TokenSyntax) -> SyntaxVisitorContinueKind {
    switch node.tokenKind {
    case .endOfFile: break
    case .integerLiteral, .floatLiteral: put("0", at: node)
    default:
      var rest = Substring(node.text)
      while let first = rest.first {
        let name = rest.prefix { $0.isLetter || $0.isNumber || "_$".contains($0) || !$0.isASCII }
        if first == "`" {
          let quoted = rest.dropFirst().prefix { $0 != "`" }
          put(isAfterDot ? String(quoted) : "i", at: node)
          rest = rest.dropFirst(quoted.count + 2)
        } else if !name.isEmpty {
          put(isAfterDot || Self.keywords.contains(String(name)) ? String(name) : "i", at: node)
          rest = rest.dropFirst(name.count)
        } else {
          put(String(first), at: node)
          rest = rest.dropFirst()
        }
      }
    }
    return .skipChildren
  }
}

for path in CommandLine.arguments.dropFirst() {
  let text = try String(contentsOfFile: path, encoding: .utf8)
  print("\u{1E}" + Printer(Parser.parse(source: text)).output, terminator: "")
}
