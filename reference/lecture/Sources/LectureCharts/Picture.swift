/// A finished drawing: one SVG, with words for those who do not see it.
package struct Picture: Equatable, Sendable {
  /// The heading, drawn above and read aloud first.
  package let title: String
  /// A sentence that says what there is to see.
  package let summary: String
  /// The numbers behind it, where they are few enough to be read.
  package let table: NumberTable?
  /// The width as a share of the usual one: a small matrix needs less room than a curve.
  package var relativeWidth: Double { width / PlotFrame.width }

  let width: Double
  let height: Double
  let content: [Markup]

  init(
    title: String,
    summary: String,
    size: (width: Double, height: Double),
    table: NumberTable? = nil,
    content: [Markup]
  ) {
    (self.title, self.summary, self.table) = (title, summary, table)
    (width, height) = size
    self.content = content
  }

  /// The drawing inside a page that has the style sheet `Theme.variables` and `Theme.marks`.
  ///
  /// No other drawing of the page may have the same `id`.
  package func inline(id: String) -> Markup { svg(id: id, style: []) }

  /// The drawing as a file of its own.
  package func file() -> String {
    let style = Markup.tag("style", [:], [.verbatim(Theme.variables + Theme.marks)])
    let page = Markup.tag("rect", ["class": "page", "width": "100%", "height": "100%"])
    return #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
      + svg(id: "chart", style: [style, page]).render() + "\n"
  }

  private func svg(id: String, style: [Markup]) -> Markup {
    .tag(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": "0 0 \(Numbers.short(width)) \(Numbers.short(height))",
        "class": "chart",
        "role": "img",
        "aria-labelledby": "\(id)-title \(id)-desc",
        "font-size": "12",
      ],
      [
        .tag("title", ["id": "\(id)-title"], text: title),
        .tag("desc", ["id": "\(id)-desc"], text: summary),
      ] + style + content
    )
  }
}

/// Rows of words and numbers under a heading, as a figure's numbers are shown.
package struct NumberTable: Equatable, Sendable {
  /// The headings of the columns.
  package let columns: [String]
  /// The rows, each as long as `columns`.
  package let rows: [[String]]

  package init(columns: [String], rows: [[String]]) {
    (self.columns, self.rows) = (columns, rows)
  }
}
