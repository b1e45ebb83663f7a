internal import LectureCharts

/// An account as lines for a terminal.
package enum PlainText {
  /// The heading and all parts of an experiment's account.
  package static func render(_ experiment: Experiment, _ findings: Findings) -> String {
    let heading = "\(experiment.title) (\(experiment.slides))"
    let rule = String(repeating: "=", count: heading.count)
    let parts = findings.blocks.map { lines(of: $0).joined(separator: "\n") }
    let sources = findings.explanations.map(wrap)
    return ([heading + "\n" + rule, wrap(experiment.claim)] + parts + sources)
      .joined(separator: "\n\n") + "\n"
  }

  private static func lines(of block: Block) -> [String] {
    switch block {
    case .paragraph(let words): [wrap(words)]
    case .formula(let words): ["    " + words]
    case .note(let words): [wrap("Note: " + words)]
    case .figure(let figure):
      figure.pictures.map { wrap("[figure \(figure.name)] \($0.title): \($0.summary)") }
    case .table(let caption, let table): [caption] + columns([table.columns] + table.rows)
    case .comparison(let comparison): lines(of: comparison)
    case .transcript(let caption, let lines): [caption] + lines.flatMap(Self.lines)
    }
  }

  private static func lines(of comparison: Comparison) -> [String] {
    let hasSource = comparison.hasSource
    let head = hasSource ? ["", comparison.source.rawValue, "here", ""] : ["", "here"]
    let rows = comparison.rows.map { row in
      hasSource
        ? [row.what, row.expected ?? "", row.measured, row.agreement.words]
        : [row.what, row.measured]
    }
    return [comparison.caption] + columns([head] + rows)
  }

  /// The slide's line, ours, and a mark below every character that differs.
  private static func lines(of line: TranscriptLine) -> [String] {
    guard let slide = line.slide else { return ["        " + line.ours] }
    let marks = line.runs.map { run in
      String(repeating: run.differs ? "^" : " ", count: run.text.count)
    }.joined()
    let shown = ["  slide " + slide, "  here  " + line.ours]
    return line.differences > 0 ? shown + ["        " + marks] : shown
  }

  /// Rows with their columns under one another.
  package static func columns(_ rows: [[String]]) -> [String] {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      var line = "  " + cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// Words in lines of at most 92 columns, without the marks for code.
  static func wrap(_ words: String) -> String {
    var lines = [""]
    for word in words.filter({ $0 != "`" }).split(separator: " ") {
      let last = lines[lines.count - 1]
      if !last.isEmpty, last.count + 1 + word.count > 92 {
        lines.append(String(word))
      } else {
        lines[lines.count - 1] = last.isEmpty ? String(word) : last + " " + word
      }
    }
    return lines.joined(separator: "\n")
  }
}

extension Agreement {
  /// The sign and the reason, in words.
  var words: String {
    switch self {
    case .equal: "= equal"
    case .close(let why): "≈ \(why)"
    case .different(let why): "≠ \(why)"
    case .open: ""
    }
  }
}
