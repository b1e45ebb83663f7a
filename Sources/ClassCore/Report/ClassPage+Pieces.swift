import GradeFormats

/// Elements that several sections of the page are made of.
extension ClassPage {
  static func section(
    _ id: String,
    _ title: String,
    @MarkupBuilder content: () -> [Markup]
  ) -> Markup {
    Markup("section", ["id": id]) {
      Markup("h2") { title }
      content()
    }
  }

  /// A box that a wide table scrolls in.
  static func wide(_ label: String, @MarkupBuilder content: () -> [Markup]) -> Markup {
    Markup(
      "div",
      ["class": "wide", "tabindex": "0", "role": "region", "aria-label": label],
      children: content
    )
  }

  static func table(
    columns: [Markup],
    caption: String? = nil,
    @MarkupBuilder rows: () -> [Markup]
  ) -> Markup {
    Markup("table", ["class": caption == nil ? nil : "small"]) {
      if let caption { Markup("caption") { caption } }
      Markup("thead") {
        Markup("tr") { columns }
      }
      Markup("tbody", children: rows)
    }
  }

  static func column(_ title: String, isNumber: Bool = false) -> Markup {
    Markup("th", ["scope": "col", "class": isNumber ? "num" : nil]) { title }
  }

  static func number(_ text: String) -> Markup {
    Markup("td", ["class": "num"]) { text }
  }

  static func rowTitle(_ title: String) -> Markup {
    Markup("th", ["scope": "row"]) { title }
  }
}
