import GraderCore

/// Facts for the page's script, as compact JSON that can stand within a `script` element.
enum PageData {
  /// A string that holds no `<`, `>` or `&`, so that nothing in it can end the element.
  static func string(_ value: String) -> String {
    var result = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where needsEscape(scalar): result += escape(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "<" || scalar == ">" || scalar == "&" { return true }
    switch scalar.value {
    case 0..<0x20, 0x7f..<0xa0, 0x2028, 0x2029, 0x202a...0x202e, 0x2066...0x2069: return true
    default: return false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let hex = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
  }

  static func array(_ values: [String]) -> String { "[\(values.joined(separator: ","))]" }

  static func object(_ pairs: [(String, String)]) -> String {
    "{\(pairs.map { "\(string($0)):\($1)" }.joined(separator: ","))}"
  }

  static func number(_ value: Int?) -> String { value.map(String.init) ?? "null" }
}

extension ClassReport {
  /// The rows by columns: at 20,000 rows this is half of what rows with names would take.
  var dataText: String {
    let hasTotals = rows.contains { $0.total != nil }
    let hasSections = rows.contains { !$0.section.isEmpty }
    let count = items.count
    let verdicts = rows.map { row -> String in
      guard !row.verdicts.isEmpty else { return "\"\"" }
      let missing = String(repeating: "-", count: count - row.verdicts.count)
      return "\"\(String(decoding: row.verdicts, as: UTF8.self))\(missing)\""
    }
    let partial = rows.enumerated().filter { !$0.element.partial.isEmpty }.map { index, row in
      let points = row.partial.sorted { $0.key < $1.key }.map { ("\($0)", "\($1.hundredths)") }
      return ("\(index)", PageData.object(points))
    }
    let notes = rows.enumerated().filter { !$0.element.note.isEmpty }
    return PageData.object([
      ("tests", PageData.array(items.map(Self.itemText))),
      ("states", PageData.array(State.allCases.map { PageData.string($0.words) })),
      ("names", PageData.array(rows.map { PageData.string($0.name) })),
      ("ids", PageData.array(rows.map { PageData.string($0.id) })),
      (
        "sections",
        hasSections ? PageData.array(rows.map { PageData.string($0.section) }) : "null"
      ),
      ("scores", PageData.array(rows.map { PageData.number($0.score?.hundredths) })),
      (
        "totals",
        hasTotals ? PageData.array(rows.map { PageData.number($0.total?.hundredths) }) : "null"
      ),
      ("state", PageData.array(rows.map { "\($0.state.rawValue)" })),
      ("late", PageData.array(rows.map { $0.isLate ? "1" : "0" })),
      (
        "seconds",
        PageData.array(rows.map { PageData.number($0.seconds.map { Int($0 * 100 + 0.5) }) })
      ),
      ("verdicts", PageData.array(verdicts)),
      ("partial", PageData.object(partial)),
      ("notes", PageData.object(notes.map { ("\($0)", PageData.string($1.note)) })),
    ])
  }

  private static func itemText(_ item: Item) -> String {
    PageData.object([
      ("title", PageData.string(item.title)), ("max", "\(item.maxScore.hundredths)"),
    ])
  }
}
