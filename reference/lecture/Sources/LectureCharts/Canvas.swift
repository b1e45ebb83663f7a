/// Shapes and words at places, in units of the drawing.
enum Canvas {
  static func text(
    _ words: String,
    x: Double,
    y: Double,
    anchor: String = "start",
    style: String = ""
  ) -> Markup {
    .tag(
      "text",
      ["x": place(x), "y": place(y), "text-anchor": anchor, "class": style],
      text: words
    )
  }

  static func line(
    from start: (x: Double, y: Double),
    to end: (x: Double, y: Double),
    style: String
  ) -> Markup {
    .tag(
      "line",
      [
        "x1": place(start.x), "y1": place(start.y), "x2": place(end.x), "y2": place(end.y),
        "class": style,
      ]
    )
  }

  static func rectangle(
    x: Double,
    y: Double,
    width: Double,
    height: Double,
    style: String
  ) -> Markup {
    .tag(
      "rect",
      [
        "x": place(x), "y": place(y), "width": place(max(width, 0)), "height": place(height),
        "class": style,
      ]
    )
  }

  static func place(_ value: Double) -> String { Numbers.short(value, 2) }

  /// About how wide words are at the drawing's size of letters.
  static func width(of words: String) -> Double { 7.1 * Double(words.count) }
}

/// The names of what is shown, each with a sample of its look, in as many rows as they need.
struct Legend {
  let names: [String]
  /// The left edge of the rows.
  let left: Double
  let width: Double

  private static let rowHeight = 18.0
  private static let sample = 24.0

  /// The place of each name: the row, and the distance from the left.
  private var places: [(row: Int, x: Double)] {
    var (row, x) = (0, 0.0)
    return names.map { name in
      let need = Self.sample + 8 + Canvas.width(of: name) + 14
      if x > 0, x + need > width { (row, x) = (row + 1, 0) }
      defer { x += need }
      return (row, x)
    }
  }

  var height: Double {
    names.isEmpty ? 0 : Double((places.last?.row ?? 0) + 1) * Self.rowHeight
  }

  /// Draws below `top`, with a line or a block before each name.
  func draw(top: Double, blocks: Bool) -> [Markup] {
    zip(names, places).enumerated().flatMap { look, entry -> [Markup] in
      let x = left + entry.1.x
      let y = top + (Double(entry.1.row) + 0.5) * Self.rowHeight
      let look = look % Theme.looks
      let sample =
        blocks
        ? Canvas.rectangle(x: x + 8, y: y - 5, width: 12, height: 10, style: "f\(look)")
        : Canvas.line(from: (x, y), to: (x + Self.sample, y), style: "path s\(look)")
      return [sample, Canvas.text(entry.0, x: x + Self.sample + 6, y: y + 4)]
    }
  }
}
