/// A matrix as cells with their numbers, darker where they are larger.
package struct MatrixChart: Sendable {
  let title: String
  let summary: String
  let rows: [[Double]]
  /// Cells to frame: row and column.
  let lit: [(row: Int, column: Int)]
  let decimals: Int

  package init(
    title: String,
    summary: String,
    rows: [[Double]],
    lit: [(row: Int, column: Int)] = [],
    decimals: Int = 2
  ) {
    (self.title, self.summary, self.rows) = (title, summary, rows)
    (self.lit, self.decimals) = (lit, decimals)
  }

  private var columns: Int { rows.first?.count ?? 0 }

  /// The drawing; cells are as wide as the longest number needs, within the drawing's width.
  package func picture() -> Picture {
    let longest = rows.joined().map { Canvas.width(of: label($0)) }.max() ?? 0
    let room = (PlotFrame.width - 8) / Double(max(columns, 1))
    let showsNumbers = room >= longest + 4
    let cell = showsNumbers ? min(max(longest + 12, 30), room) : room
    let height = showsNumbers ? 30.0 : min(cell, 20)
    let width = max(8 + cell * Double(columns), 1.2 * Canvas.width(of: title) + 8)
    return Picture(
      title: title,
      summary: summary,
      size: (width, 32 + height * Double(rows.count)),
      table: NumberTable(
        columns: (0..<columns).map { "column \($0 + 1)" },
        rows: rows.map { $0.map(label) }
      ),
      content: [Canvas.text(title, x: 4, y: 16, style: "heading")]
        + cells(width: cell, height: height, numbers: showsNumbers)
        + lit.map { place in
          Canvas.rectangle(
            x: 4 + Double(place.column) * cell,
            y: 26 + Double(place.row) * height,
            width: cell,
            height: height,
            style: "lit frame"
          )
        }
    )
  }

  private func cells(width: Double, height: Double, numbers: Bool) -> [Markup] {
    let most = max(rows.joined().map(abs).filter(\.isFinite).max() ?? 1, .leastNonzeroMagnitude)
    return rows.enumerated().flatMap { i, row in
      row.enumerated().flatMap { j, value -> [Markup] in
        let (x, y) = (4 + Double(j) * width, 26 + Double(i) * height)
        let shade = Numbers.short(0.5 * abs(value) / most, 3)
        let square = Markup.tag(
          "rect",
          [
            "x": Canvas.place(x), "y": Canvas.place(y), "width": Canvas.place(width),
            "height": Canvas.place(height), "class": "cell",
            "style": "fill: rgba(var(--shade), \(shade))",
          ]
        )
        let words = Canvas.text(label(value), x: x + width / 2, y: y + 20, anchor: "middle")
        return numbers ? [square, words] : [square]
      }
    }
  }

  private func label(_ value: Double) -> String { Numbers.short(value, decimals) }
}
