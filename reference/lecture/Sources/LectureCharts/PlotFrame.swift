/// The rectangle that lines are drawn in, with its axes.
struct PlotFrame {
  static let width = 400.0

  let xScale: Scale
  let yScale: Scale
  let left: Double
  let right = PlotFrame.width - 20
  let top = 48.0
  let bottom = 238.0

  init(x: Scale, y: Scale) {
    (xScale, yScale) = (x, y)
    left = 16 + (y.ticks.map { Canvas.width(of: $0.label) }.max() ?? 0)
  }

  func x(_ value: Double) -> Double? { xScale.place(value).map { left + $0 * (right - left) } }

  func y(_ value: Double) -> Double? { yScale.place(value).map { bottom - $0 * (bottom - top) } }

  /// Coordinates as a list of points wants them.
  func point(_ x: Double, _ y: Double) -> String? {
    guard let x = self.x(x), let y = self.y(y) else { return nil }
    return "\(Canvas.place(x)),\(Canvas.place(y))"
  }

  /// Heading, grid, marks and the axes' titles.
  func draw(title: String, xTitle: String, yTitle: String) -> [Markup] {
    [
      Canvas.text(title, x: 4, y: 16, style: "heading"),
      Canvas.text(yTitle, x: 4, y: 36, style: "soft"),
      Canvas.text(xTitle, x: right, y: bottom + 36, anchor: "end", style: "soft"),
    ] + yScale.ticks.flatMap(drawHorizontal) + xScale.ticks.flatMap(drawVertical) + [
      Canvas.rectangle(
        x: left,
        y: top,
        width: right - left,
        height: bottom - top,
        style: "frame"
      )
    ]
  }

  private func drawHorizontal(_ tick: Tick) -> [Markup] {
    guard let y = y(tick.value), y > top - 1, y < bottom + 1 else { return [] }
    return [
      Canvas.line(from: (left, y), to: (right, y), style: "grid"),
      Canvas.text(tick.label, x: left - 6, y: y + 4, anchor: "end"),
    ]
  }

  private func drawVertical(_ tick: Tick) -> [Markup] {
    guard let x = x(tick.value), x > left - 1, x < right + 1 else { return [] }
    let half = Canvas.width(of: tick.label) / 2
    let anchor = x + 1.2 * half > Self.width - 2 ? "end" : "middle"
    return [
      Canvas.line(from: (x, top), to: (x, bottom), style: "grid"),
      Canvas.text(tick.label, x: anchor == "end" ? right : x, y: bottom + 18, anchor: anchor),
    ]
  }
}
