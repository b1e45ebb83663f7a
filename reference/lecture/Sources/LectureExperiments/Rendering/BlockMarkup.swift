internal import LectureCharts

/// The parts of one experiment's account as HTML.
struct BlockMarkup {
  /// The experiment's name, which the names of its drawings start with.
  let experiment: String

  /// All parts; tables that follow one another stand side by side where there is room.
  func markup(of blocks: [Block]) -> [Markup] {
    var parts: [Markup] = []
    var tables: [Markup] = []
    func flush() {
      if !tables.isEmpty { parts.append(.tag("div", ["class": "tables"], tables)) }
      tables = []
    }
    for block in blocks {
      if !block.isTable { flush() }
      if block.isTable { tables.append(markup(of: block)) } else { parts.append(markup(of: block)) }
    }
    flush()
    return parts
  }

  private func markup(of block: Block) -> Markup {
    switch block {
    case .paragraph(let words): .tag("p", [:], Self.inline(words))
    case .formula(let words): .tag("p", ["class": "formula"], text: words)
    case .note(let words):
      .tag(
        "div",
        ["class": "note", "role": "note"],
        [.tag("p", [:], [.tag("strong", [:], text: "A note on the slide. ")] + Self.inline(words))]
      )
    case .comparison(let comparison): table(comparison)
    case .table(let caption, let table):
      Self.scrolling(caption, Self.table(caption: caption, columns: table.columns, table.rows))
    case .transcript(let caption, let lines): transcript(caption, lines)
    case .figure(let figure): markup(of: figure)
    }
  }

  /// Words with what stands between backquotes as code.
  static func inline(_ words: String) -> [Markup] {
    words.split(separator: "`", omittingEmptySubsequences: false).enumerated().map {
      $0.isMultiple(of: 2) ? .text(String($1)) : .tag("code", [:], text: String($1))
    }
  }

  // MARK: Tables

  private func table(_ comparison: Comparison) -> Markup {
    let hasSource = comparison.hasSource
    let columns = hasSource ? ["", comparison.source.rawValue, "here", "agreement"] : ["", "here"]
    let rows = comparison.rows.map { row -> Markup in
      // Only what is short stays on one line.
      let style = row.measured.count > 40 ? "long" : ""
      let expected =
        hasSource ? [Markup.tag("td", ["class": style], text: row.expected ?? "–")] : []
      let agreement =
        hasSource
        ? [Markup.tag("td", ["class": row.agreement.style], text: row.agreement.sign)] : []
      return .tag(
        "tr",
        [:],
        [.tag("th", ["scope": "row"], Self.inline(row.what))] + expected
          + [.tag("td", ["class": style], text: row.measured)] + agreement
      )
    }
    let table = Markup.tag(
      "table",
      ["class": "numbers"],
      [
        .tag("caption", [:], Self.inline(comparison.caption)), Self.head(columns),
        .tag("tbody", [:], rows),
      ]
    )
    return Self.scrolling(comparison.caption, table)
  }

  private static func head(_ columns: [String]) -> Markup {
    let cells = columns.map { name -> Markup in
      name.isEmpty ? .tag("td") : .tag("th", ["scope": "col"], text: name)
    }
    return .tag("thead", [:], [.tag("tr", [:], cells)])
  }

  private static func table(caption: String?, columns: [String], _ rows: [[String]]) -> Markup {
    let body = rows.map { row in
      Markup.tag(
        "tr",
        [:],
        row.enumerated().map { index, words in
          index == 0
            ? .tag("th", ["scope": "row"], inline(words)) : .tag("td", [:], inline(words))
        }
      )
    }
    let captions = caption.map { [Markup.tag("caption", [:], inline($0))] } ?? []
    return .tag("table", [:], captions + [head(columns), .tag("tbody", [:], body)])
  }

  /// A frame that scrolls sideways where the screen is narrower than what it holds, also by key.
  private static func scrolling(_ name: String, _ content: Markup) -> Markup {
    .tag(
      "div",
      [
        "class": "scroll", "role": "group", "tabindex": "0",
        "aria-label": name.filter { $0 != "`" },
      ],
      [content]
    )
  }

  // MARK: Transcripts

  private func transcript(_ caption: String, _ lines: [TranscriptLine]) -> Markup {
    let hasSlide = lines.contains { $0.slide != nil }
    let columns = hasSlide ? ["the slide prints", "here", "agreement"] : ["here"]
    let rows = lines.map { line -> Markup in
      let ours = line.runs.map { run -> Markup in
        run.differs ? .tag("mark", [:], text: run.text) : .text(run.text)
      }
      let cell = Markup.tag("td", ["class": "printed"], ours)
      let slide = Markup.tag("td", ["class": "printed"], text: line.slide ?? "–")
      return .tag("tr", [:], hasSlide ? [slide, cell, agreement(line)] : [cell])
    }
    let table = Markup.tag(
      "table",
      ["class": "transcript"],
      [
        .tag("caption", [:], Self.inline(caption)), Self.head(columns),
        .tag("tbody", [:], rows),
      ]
    )
    return Self.scrolling(caption, table)
  }

  private func agreement(_ line: TranscriptLine) -> Markup {
    let count = line.differences
    guard line.slide != nil else { return .tag("td") }
    if count == 0 { return .tag("td", ["class": "good"], text: "= equal") }
    return .tag("td", [:], text: count == 1 ? "1 digit differs" : "\(count) digits differ")
  }

  // MARK: Figures

  private func markup(of figure: Figure) -> Markup {
    let panels = figure.pictures.enumerated().map { index, picture -> Markup in
      let id = "\(experiment)-\(figure.name)-\(index + 1)"
      let numbers = picture.table.map { table in
        [
          Markup.tag(
            "details",
            [:],
            [
              .tag("summary", [:], text: "The numbers"),
              Self.scrolling(
                "The numbers of: " + picture.title,
                Self.table(caption: nil, columns: table.columns, table.rows)
              ),
            ]
          )
        ]
      }
      // Two usual drawings side by side where there is room; small ones stay small.
      let width = Numbers.short(max(29 * picture.relativeWidth, 8) + 1.4, 1)
      return .tag(
        "div",
        ["class": "panel", "style": "flex: 0 1 \(width)rem"],
        [picture.inline(id: id)] + (numbers ?? [])
      )
    }
    return .tag(
      "figure",
      [:],
      [
        .tag("div", ["class": "panels"], panels),
        .tag("figcaption", [:], Self.inline(figure.caption)),
      ]
    )
  }
}

extension Block {
  fileprivate var isTable: Bool {
    switch self {
    case .comparison, .table, .transcript: true
    default: false
    }
  }
}

extension Agreement {
  /// The class that colours it.
  fileprivate var style: String {
    switch self {
    case .equal, .close: "good"
    case .different: "bad"
    case .open: ""
    }
  }

  /// The sign and the reason; a sign of its own for each, for those who see no colours.
  fileprivate var sign: String { self == .open ? "–" : words }
}
