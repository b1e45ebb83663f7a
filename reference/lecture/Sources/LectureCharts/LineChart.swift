/// Values over a quantity, as lines; several lines are told apart by colour and dashes.
package struct LineChart: Sendable {
  /// One line.
  package struct Series: Sendable {
    let name: String
    let points: [(x: Double, y: Double)]
    /// The reach of a band above and below each point, such as a standard deviation.
    let spread: [Double]?

    package init(_ name: String, _ points: [(x: Double, y: Double)], spread: [Double]? = nil) {
      (self.name, self.points, self.spread) = (name, points, spread)
    }
  }

  let title: String
  let summary: String
  let x: Axis
  let y: Axis
  let series: [Series]
  /// A height to compare with, and what it is.
  let rule: (value: Double, name: String)?

  package init(
    title: String,
    summary: String,
    x: Axis,
    y: Axis,
    series: [Series],
    rule: (value: Double, name: String)? = nil
  ) {
    (self.title, self.summary, self.x, self.y) = (title, summary, x, y)
    (self.series, self.rule) = (series, rule)
  }

  /// The drawing.
  package func picture() -> Picture {
    let xScale = Scale(x, showing: series.flatMap { $0.points.map(\.x) })
    let yScale = Scale(y, showing: heights + (rule.map { [$0.value] } ?? []))
    let frame = PlotFrame(x: xScale, y: yScale)
    let names = series.count > 1 ? series.map(\.name) : []
    let legend = Legend(names: names, left: frame.left, width: frame.right - frame.left)
    let legendTop = frame.bottom + 44
    return Picture(
      title: title,
      summary: summary,
      size: (PlotFrame.width, legendTop + legend.height + 4),
      table: table,
      content: frame.draw(title: title, xTitle: x.title, yTitle: y.title)
        + drawRule(frame) + series.enumerated().flatMap { draw($1, look: $0, frame) }
        + legend.draw(top: legendTop, blocks: false)
    )
  }

  private var heights: [Double] {
    series.flatMap { line in
      line.points.enumerated().flatMap { index, point in
        let spread = line.spread?[index] ?? 0
        return [point.y - spread, point.y + spread]
      }
    }
  }

  private func drawRule(_ frame: PlotFrame) -> [Markup] {
    guard let rule, let y = frame.y(rule.value) else { return [] }
    return [
      Canvas.line(from: (frame.left, y), to: (frame.right, y), style: "rule"),
      Canvas.text(rule.name, x: frame.right - 4, y: y - 4, anchor: "end", style: "soft"),
    ]
  }

  private func draw(_ line: Series, look: Int, _ frame: PlotFrame) -> [Markup] {
    let look = look % Theme.looks
    var drawn: [Markup] = []
    if let spread = line.spread {
      let upper = zip(line.points, spread).compactMap { frame.point($0.x, $0.y + $1) }
      let lower = zip(line.points, spread).compactMap { frame.point($0.x, $0.y - $1) }
      let corners = (upper + lower.reversed()).joined(separator: " ")
      drawn.append(.tag("polygon", ["points": corners, "class": "band f\(look)"]))
    }
    // A line breaks where a value has no place.
    let pieces = line.points.split { frame.point($0.x, $0.y) == nil }
    for piece in pieces {
      let path = piece.compactMap { frame.point($0.x, $0.y) }.joined(separator: " ")
      drawn.append(.tag("polyline", ["points": path, "class": "path s\(look)"]))
    }
    guard line.points.count <= 20 else { return drawn }
    let dots = line.points.compactMap { point -> Markup? in
      guard let x = frame.x(point.x), let y = frame.y(point.y) else { return nil }
      return .tag(
        "circle",
        ["cx": Canvas.place(x), "cy": Canvas.place(y), "r": "3", "class": "f\(look)"]
      )
    }
    return drawn + dots
  }

  /// The points as rows, where all lines share their places and there are not too many.
  private var table: NumberTable? {
    guard let first = series.first, first.points.count <= 30,
      series.allSatisfy({ $0.points.map(\.x) == first.points.map(\.x) })
    else { return nil }
    let columns = series.flatMap { $0.spread == nil ? [$0.name] : [$0.name, "± std"] }
    let rows = first.points.indices.map { index in
      [Numbers.short(first.points[index].x, 4)]
        + series.flatMap { line -> [String] in
          let y = Numbers.significant(line.points[index].y, 4)
          return line.spread.map { [y, Numbers.significant($0[index], 4)] } ?? [y]
        }
    }
    return NumberTable(columns: [x.title] + columns, rows: rows)
  }
}
