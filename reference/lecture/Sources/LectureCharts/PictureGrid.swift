/// Small images in rows, each with a caption.
package struct PictureGrid: Sendable {
  /// One image, its pixels row by row.
  package struct Image: Sendable {
    let caption: String
    let width: Int
    let pixels: [Double]

    package init(_ caption: String, width: Int, pixels: [Double]) {
      (self.caption, self.width, self.pixels) = (caption, width, pixels)
    }
  }

  /// The mapping of numbers to colours; each image is scaled by its own extremes.
  package enum Colours: Sendable {
    /// The least is black, the largest white.
    case grey
    /// Zero is grey, negative numbers blue, positive ones orange.
    case signed
  }

  let title: String
  let summary: String
  let images: [Image]
  let colours: Colours
  let perRow: Int

  package init(
    title: String,
    summary: String,
    images: [Image],
    colours: Colours = .grey,
    perRow: Int = 5
  ) {
    (self.title, self.summary, self.images) = (title, summary, images)
    (self.colours, self.perRow) = (colours, perRow)
  }

  /// The drawing.
  package func picture() -> Picture {
    let cell = (PlotFrame.width - 4) / Double(perRow)
    let rowHeight = cell + 18
    let rowCount = (images.count + perRow - 1) / perRow
    let drawn = images.enumerated().flatMap { index, image -> [Markup] in
      let x = 4 + Double(index % perRow) * cell
      let y = 28 + Double(index / perRow) * rowHeight
      return [
        .tag(
          "image",
          [
            "x": Canvas.place(x), "y": Canvas.place(y), "width": Canvas.place(cell - 6),
            "height": Canvas.place(cell - 6), "class": "pixels", "href": bitmap(image).dataURL,
          ]
        ),
        Canvas.text(image.caption, x: x + (cell - 6) / 2, y: y + cell + 7, anchor: "middle"),
      ]
    }
    return Picture(
      title: title,
      summary: summary,
      size: (PlotFrame.width, 32 + rowHeight * Double(rowCount)),
      content: [Canvas.text(title, x: 4, y: 16, style: "heading")] + drawn
    )
  }

  private func bitmap(_ image: Image) -> Bitmap {
    let finite = image.pixels.filter(\.isFinite)
    let (least, most) = (finite.min() ?? 0, finite.max() ?? 1)
    switch colours {
    case .grey:
      let spread = most > least ? most - least : 1
      return Bitmap(width: image.width, pixels: image.pixels) { value in
        let level = UInt8(max(0, min(255, ((value - least) / spread * 255).rounded())))
        return (level, level, level)
      }
    case .signed:
      let reach = max(abs(least), abs(most), .leastNonzeroMagnitude)
      return Bitmap(width: image.width, pixels: image.pixels) { Self.signed($0 / reach) }
    }
  }

  /// From blue over light grey to orange.
  private static func signed(_ value: Double) -> (UInt8, UInt8, UInt8) {
    let end: (Double, Double, Double) = value < 0 ? (0, 80, 150) : (190, 70, 0)
    let part = min(abs(value), 1)
    func mix(_ end: Double) -> UInt8 { UInt8((240 + (end - 240) * part).rounded()) }
    return (mix(end.0), mix(end.1), mix(end.2))
  }
}
