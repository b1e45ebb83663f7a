import GraderCore

/// Tables of comma-separated values, as spreadsheets write and read them (RFC 4180).
package enum CSV {
  /// A table that cannot be read.
  package enum Problem: Error, Equatable {
    /// A quoted field that began on this line is never closed.
    case openQuote(line: Int)
  }

  // MARK: Reading

  /// The rows of a table; empty lines are none.
  ///
  /// Without a separator it is found from the shape of the first lines: comma, semicolon, tab or
  /// bar. A line `sep=;`, as Excel reads it, says it and is no row.
  package static func rows(
    in text: String,
    separator: Character? = nil
  ) throws(Problem) -> [[String]] {
    let scalars = text.unicodeScalars
    var rest = scalars[...]
    if rest.first == "\u{FEFF}" { rest = rest.dropFirst() }
    if let separator = separator?.unicodeScalars.first {
      return try rows(in: rest, separator: separator)
    }
    let said = said(by: &rest)
    return try rows(in: rest, separator: said ?? TableShape.separator(of: rest))
  }

  static func rows(
    in scalars: some Sequence<Unicode.Scalar>,
    separator: Unicode.Scalar
  ) throws(Problem) -> [[String]] {
    var reader = Reader(separator: separator)
    for scalar in scalars { reader.read(scalar) }
    return try reader.end()
  }

  /// The separator that a first line `sep=;` names, which is taken away.
  private static func said(by scalars: inout Substring.UnicodeScalarView) -> Unicode.Scalar? {
    let line = scalars.prefix { $0 != "\r" && $0 != "\n" }
    guard line.count == 5, let last = line.last, last != "\"",
      String(String.UnicodeScalarView(line)).lowercased().hasPrefix("sep=")
    else { return nil }
    scalars = scalars[line.endIndex...].drop { $0 == "\r" || $0 == "\n" }
    return last
  }

  private struct Reader {
    let separator: Unicode.Scalar
    private var rows: [[String]] = []
    private var row: [String] = []
    private var field = ""
    private var state = State.start
    private var line = 1
    private var openedAt = 0
    private var endsInReturn = false

    /// The reader's place in a field.
    private enum State { case start, plain, quoted, quoteInQuoted }

    init(separator: Unicode.Scalar) { self.separator = separator }

    mutating func read(_ scalar: Unicode.Scalar) {
      if scalar == "\n", !endsInReturn || state == .quoted { line += 1 }
      if scalar == "\r" { line += 1 }
      defer { endsInReturn = scalar == "\r" }
      switch (state, scalar) {
      case (.quoted, "\""): state = .quoteInQuoted
      case (.quoted, _): field.unicodeScalars.append(scalar)
      case (.quoteInQuoted, "\""):
        field += "\""
        state = .quoted
      case (.start, "\""):
        state = .quoted
        openedAt = line
      case (_, separator): endField()
      case (_, "\r"): endRow()
      case (_, "\n"): if !endsInReturn { endRow() }
      default:
        field.unicodeScalars.append(scalar)
        state = .plain
      }
    }

    mutating func end() throws(Problem) -> [[String]] {
      guard state != .quoted else { throw .openQuote(line: openedAt) }
      endRow()
      return rows
    }

    private mutating func endField() {
      row.append(field)
      field = ""
      state = .start
    }

    private mutating func endRow() {
      endField()
      if row.contains(where: { !$0.isEmpty }) { rows.append(row) }
      row = []
    }
  }

  // MARK: Writing

  /// A table in which no field can be taken for a formula, with the line ends that RFC 4180 wants.
  package static func text(_ rows: [[String]]) -> String {
    rows.map { line($0) + "\r\n" }.joined()
  }

  /// One row of such a table, without the end of its line.
  static func line(_ fields: [String]) -> String {
    fields.map { quoted(harmless($0)) }.joined(separator: ",")
  }

  /// The same without a guard against formulas, which is the caller's: for systems that compare
  /// some fields letter by letter.
  package static func verbatim(_ rows: [[String]]) -> String {
    rows.map { $0.map(quoted).joined(separator: ",") + "\r\n" }.joined()
  }

  private static func quoted(_ field: String) -> String {
    let scalars = field.unicodeScalars
    // A mark of the byte order at the start would be taken for the table's own.
    let needsQuotes = scalars.contains { "\",;\t\r\n\u{FEFF}".unicodeScalars.contains($0) }
    guard needsQuotes || scalars.first == " " || scalars.last == " " else { return field }
    return "\"" + field.replacingScalars { $0 == "\"" ? "\"\"" : nil } + "\""
  }

  /// A text that spreadsheets show and never compute: numbers stay what they are.
  package static func harmless(_ field: String) -> String {
    startsFormula(field) ? "'" + field : field
  }

  /// The field that `harmless` was given.
  package static func bare(_ field: String) -> String {
    let rest = String(field.unicodeScalars.dropFirst())
    return field.unicodeScalars.first == "'" && startsFormula(rest) ? rest : field
  }

  private static func startsFormula(_ field: String) -> Bool {
    if let first = field.unicodeScalars.first, "\t\r".unicodeScalars.contains(first) { return true }
    // Some programs pass over what is blank or not seen. A sign alone computes nothing.
    let rest = field.unicodeScalars.drop { isPassedOver($0) }
    guard let sign = rest.first, rest.count > 1 else { return false }
    let signs = "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars
    return signs.contains(sign) && Double(field.trimmed) == nil
  }

  private static func isPassedOver(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}

extension CSV.Problem: CustomStringConvertible {
  /// The fault as the end of a sentence.
  package var description: String {
    switch self {
    case .openQuote(let line): "a quoted field that begins on line \(line) never ends"
    }
  }
}
