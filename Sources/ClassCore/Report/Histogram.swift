/// Numbers counted in classes of equal width.
package struct Histogram: Equatable, Sendable {
  /// The lower bounds of the classes, and the upper bound of the last one, which belongs to it.
  package let edges: [Double]
  /// The number of values in each class.
  package let counts: [Int]

  /// Counts numbers from zero to a largest one.
  ///
  /// - Parameters:
  ///   - values: The numbers; what lies outside counts in the nearest class.
  ///   - largest: Where the last class ends.
  ///   - classes: How many classes there are.
  package init(_ values: [Double], largest: Double, classes: Int) {
    let width = max(largest, 1e-9) / Double(classes)
    var counts = Array(repeating: 0, count: classes)
    for value in values {
      // A value on an edge belongs to the class above, however the division rounds.
      let place = Int((value / width + 1e-9).rounded(.down))
      counts[min(max(place, 0), classes - 1)] += 1
    }
    self.counts = counts
    edges = (0...classes).map { Double($0) * width }
  }

  /// The picture, as SVG with a title and a description for those who do not see it.
  func svg(id: String, title: String, unit: String, median: Double?) -> String {
    let (width, height, left, bottom, top) = (720.0, 240.0, 40.0, 34.0, 18.0)
    let tallest = Double(max(counts.max() ?? 0, 1))
    let step = (width - left) / Double(counts.count)
    let scale = (height - bottom - top) / tallest
    var parts: [String] = []
    for (index, count) in counts.enumerated() {
      let tall = Double(count) * scale
      let x = left + Double(index) * step
      let y = height - bottom - tall
      parts.append(
        "<rect class=\"bar\" x=\"\(f(x + 1.5))\" y=\"\(f(y))\" width=\"\(f(step - 3))\" "
          + "height=\"\(f(tall))\" rx=\"2\"/>"
      )
      if count > 0 {
        parts.append("<text x=\"\(f(x + step / 2))\" y=\"\(f(y - 4))\">\(count)</text>")
      }
    }
    parts.append(
      "<line class=\"axis\" x1=\"\(f(left))\" x2=\"\(f(width))\" y1=\"\(f(height - bottom))\" "
        + "y2=\"\(f(height - bottom))\"/>"
    )
    let every = max(1, counts.count / 10)
    for index in stride(from: 0, through: counts.count, by: every) {
      let anchor = index == counts.count ? " style=\"text-anchor:end\"" : ""
      parts.append(
        "<text class=\"tick\"\(anchor) x=\"\(f(left + Double(index) * step))\" "
          + "y=\"\(f(height - bottom + 16))\">\(ClassPage.figure(edges[index]))</text>"
      )
    }
    if let median, let last = edges.last, last > 0 {
      let x = left + min(1, median / last) * (width - left)
      parts.append(
        "<line class=\"median\" x1=\"\(f(x))\" x2=\"\(f(x))\" y1=\"4\" "
          + "y2=\"\(f(height - bottom))\"/>"
      )
    }
    parts.append(
      "<text class=\"tick\" x=\"\(f((left + width) / 2))\" y=\"\(f(height - 3))\">\(unit)</text>"
    )
    return """
      <svg viewBox="0 0 720 240" role="img" aria-labelledby="\(id)-t \(id)-d">
      <title id="\(id)-t">\(title)</title><desc id="\(id)-d">\(description(unit))</desc>
      \(parts.joined())
      </svg>
      """
  }

  private func f(_ value: Double) -> String { ClassPage.figure(value) }

  private func description(_ unit: String) -> String {
    counts.enumerated().filter { $0.element > 0 }.map { index, count in
      "\(f(edges[index])) to \(f(edges[index + 1])) \(unit): \(count)"
    }.joined(separator: "; ")
  }

  /// The same as a table.
  func table(unit: String) -> String {
    let rows = counts.enumerated().map { index, count in
      "<tr><th scope=\"row\">\(f(edges[index]))–\(f(edges[index + 1]))</th><td>\(count)</td></tr>"
    }
    return "<details><summary>As a table</summary><table class=\"small\"><thead><tr>"
      + "<th scope=\"col\">\(unit)</th><th scope=\"col\">submissions</th></tr></thead>"
      + "<tbody>\(rows.joined())</tbody></table></details>"
  }
}
