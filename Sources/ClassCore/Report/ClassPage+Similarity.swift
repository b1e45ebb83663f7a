import GradeFormats

/// Pairs that deserve a look, and the table of all students.
extension ClassPage {
  @MarkupBuilder var similarity: [Markup] {
    if let similar {
      Self.section("similar", "Similar pairs") {
        Markup("p") {
          """
          Of \(similar.compared) submissions with enough code of their own, these share passages \
          once names, figures, comments, layout and the handout are left out.\(Self.cut(similar))
          """
          " "
          Markup("strong") { "A hint for a person, never a verdict:" }
          " short tasks have few solutions, and those who learn together write alike."
        }
        if !similar.identical.isEmpty { identical(similar.identical) }
        if similar.pairs.isEmpty {
          Markup("p") { "No pair stands out." }
        } else {
          pairTable(similar.pairs)
        }
      }
    }
  }

  private static func cut(_ similar: SimilarityFindings) -> String {
    let shown = similar.pairs.count
    guard similar.pairCount > shown else { return "" }
    return " The \(shown) most similar of \(similar.pairCount) pairs are listed."
  }

  @MarkupBuilder
  private func identical(_ groups: [[Int]]) -> [Markup] {
    Markup("p") { "The same text once names, figures and layout are left out:" }
    Markup("ul") {
      for group in groups.prefix(20) {
        Markup("li") {
          "\(group.count): "
          for (index, submission) in group.prefix(12).enumerated() {
            if index > 0 { ", " }
            who(submission)
          }
          if group.count > 12 { " and \(group.count - 12) more" }
        }
      }
    }
  }

  private func pairTable(_ pairs: [SimilarPair]) -> Markup {
    let columns = [
      Self.column("In common", isNumber: true), Self.column("One"), Self.column("Other"),
      Self.column("Fingerprints", isNumber: true), Self.column("Look"),
    ]
    return Self.wide("Similar pairs") {
      Self.table(columns: columns) {
        for (index, pair) in pairs.enumerated() {
          Markup("tr") {
            Self.number(Self.percent(pair.share))
            Markup("td") { who(pair.first) }
            Markup("td") { who(pair.second) }
            Self.number("\(pair.common)")
            Markup("td") { Self.button(index) }
          }
        }
      }
    }
  }

  private static func button(_ index: Int) -> Markup {
    Markup("button", ["type": "button", "data-pair": "\(index)"]) {
      "Side by side"
      Markup("span", ["class": "hushed"]) { " for pair \(index + 1)" }
    }
  }

  private func who(_ index: Int) -> Markup {
    guard report.rows.indices.contains(index) else { return Markup(words: "?") }
    let row = report.rows[index]
    return Markup("span", ["class": "who"]) { row.name.isEmpty ? row.id : row.name }
  }

  /// The script fills it: at 20,000 rows only what is seen is made.
  var table: Markup {
    Self.section("students", "Students") {
      Markup("form", ["class": "filters", "role": "search", "aria-label": "Filter the table"]) {
        Markup("label") {
          "Find "
          Markup(
            "input",
            [
              "type": "search", "id": "find", "autocomplete": "off",
              "placeholder": "name or number",
            ]
          )
        }
        Self.choice("State ", id: "state", none: "all")
        Self.choice("Lost points on ", id: "lost", none: "any or none")
        Markup("output", ["id": "shown", "aria-live": "polite"])
      }
      Markup("noscript") {
        Markup("p") { "The table needs the page's script; the CSV file holds the same." }
      }
      Markup(
        "div",
        ["id": "scroller", "tabindex": "0", "role": "region", "aria-label": "Table of students"]
      )
      Markup("p", ["class": "note", "id": "cut", "hidden": ""])
    }
  }

  private static func choice(_ label: String, id: String, none: String) -> Markup {
    Markup("label") {
      label
      Markup("select", ["id": id]) {
        Markup("option", ["value": ""]) { none }
      }
    }
  }
}
