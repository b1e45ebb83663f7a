import GradeFormats

extension Histogram {
  /// Places in the picture: its size, and where bars begin and end.
  private static let (width, height, left, bottom, top) = (720.0, 240.0, 40.0, 34.0, 18.0)

  private static var ground: Double { height - bottom }

  private var step: Double { (Self.width - Self.left) / Double(counts.count) }

  /// The picture, as SVG with a title and a description for those who do not see it.
  func svg(id: String, title: String, unit: String, median: Double?) -> Markup {
    let attributes: KeyValuePairs<StaticString, String?> = [
      "viewBox": "0 0 720 240", "role": "img", "aria-labelledby": "\(id)-t \(id)-d",
    ]
    return Markup("svg", attributes) {
      Markup("title", ["id": "\(id)-t"]) { title }
      Markup("desc", ["id": "\(id)-d"]) { description(unit) }
      bars
      line("axis", from: (Self.left, Self.ground), to: (Self.width, Self.ground))
      ticks
      if let median, let last = edges.last, last > 0 {
        let x = Self.left + min(1, median / last) * (Self.width - Self.left)
        line("median", from: (x, 4), to: (x, Self.ground))
      }
      words(unit, x: (Self.left + Self.width) / 2, y: Self.height - 3, class: "tick")
    }
  }

  @MarkupBuilder private var bars: [Markup] {
    let scale = (Self.ground - Self.top) / Double(max(counts.max() ?? 0, 1))
    for (index, count) in counts.enumerated() {
      let tall = Double(count) * scale
      let x = Self.left + Double(index) * step
      let y = Self.ground - tall
      Markup(
        "rect",
        [
          "class": "bar", "x": f(x + 1.5), "y": f(y), "width": f(step - 3), "height": f(tall),
          "rx": "2",
        ]
      )
      if count > 0 { words("\(count)", x: x + step / 2, y: y - 4) }
    }
  }

  @MarkupBuilder private var ticks: [Markup] {
    for index in stride(from: 0, through: counts.count, by: max(1, counts.count / 10)) {
      words(
        f(edges[index]),
        x: Self.left + Double(index) * step,
        y: Self.ground + 16,
        class: "tick",
        style: index == counts.count ? "text-anchor:end" : nil
      )
    }
  }

  private func line(
    _ name: String,
    from: (x: Double, y: Double),
    to: (x: Double, y: Double)
  ) -> Markup {
    Markup(
      "line",
      ["class": name, "x1": f(from.x), "x2": f(to.x), "y1": f(from.y), "y2": f(to.y)]
    )
  }

  private func words(
    _ text: String,
    x: Double,
    y: Double,
    class name: String? = nil,
    style: String? = nil
  ) -> Markup {
    Markup("text", ["class": name, "style": style, "x": f(x), "y": f(y)]) { text }
  }

  private func f(_ value: Double) -> String { ClassPage.figure(value) }

  private func range(_ index: Int, _ joint: String) -> String {
    "\(f(edges[index]))\(joint)\(f(edges[index + 1]))"
  }

  private func description(_ unit: String) -> String {
    counts.enumerated().filter { $0.element > 0 }
      .map { "\(range($0, " to ")) \(unit): \($1)" }.joined(separator: "; ")
  }

  /// The same as a table.
  func table(unit: String) -> Markup {
    Markup("details") {
      Markup("summary") { "As a table" }
      Markup("table", ["class": "small"]) {
        Markup("thead") {
          Markup("tr") {
            ClassPage.column(unit)
            ClassPage.column("submissions")
          }
        }
        Markup("tbody") {
          for (index, count) in counts.enumerated() {
            Markup("tr") {
              ClassPage.rowTitle(range(index, "–"))
              Markup("td") { "\(count)" }
            }
          }
        }
      }
    }
  }
}
