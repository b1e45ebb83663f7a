/// Amounts side by side, as bars that lie, with their names above and their values at the end.
package struct BarChart: Sendable {
  /// One bar.
  package struct Bar: Sendable {
    let name: String
    let value: Double
    let label: String
    /// The number of the colour, counted from 0.
    let look: Int

    package init(_ name: String, _ value: Double, label: String, look: Int = 0) {
      (self.name, self.value, self.label, self.look) = (name, value, label, look)
    }
  }

  let title: String
  let summary: String
  let bars: [Bar]
  /// The meaning of each colour, where there are several.
  let legend: [String]

  package init(title: String, summary: String, bars: [Bar], legend: [String] = []) {
    (self.title, self.summary, self.bars, self.legend) = (title, summary, bars, legend)
  }

  /// The drawing.
  package func picture() -> Picture {
    let rowHeight = 34.0
    let end = 30 + Double(bars.count) * rowHeight
    let most = max(bars.map(\.value).filter(\.isFinite).max() ?? 1, .leastNonzeroMagnitude)
    let legend = Legend(names: legend, left: 4, width: PlotFrame.width - 8)
    let drawn = bars.enumerated().flatMap { index, bar -> [Markup] in
      let y = 30 + Double(index) * rowHeight
      let length = bar.value.isFinite ? max(bar.value, 0) / most * 280 : 0
      return [
        Canvas.text(bar.name, x: 4, y: y + 11),
        Canvas.rectangle(
          x: 4,
          y: y + 16,
          width: max(length, 1),
          height: 12,
          style: "f\(bar.look % Theme.looks)"
        ),
        Canvas.text(bar.label, x: 4 + length + 6, y: y + 26),
      ]
    }
    return Picture(
      title: title,
      summary: summary,
      size: (PlotFrame.width, end + 8 + legend.height),
      content: [Canvas.text(title, x: 4, y: 16, style: "heading")] + drawn
        + legend.draw(top: end + 4, blocks: true)
    )
  }
}
