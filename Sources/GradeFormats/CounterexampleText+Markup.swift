package import GraderCore

extension CounterexampleText {
  /// The counterexample as a figure of a page.
  package var markup: Markup {
    Markup("figure", ["class": "example"]) {
      Markup("figcaption") { title }
      Markup("code") { function }
      Markup("table") {
        Markup("tbody") {
          for (label, item) in labelled {
            Markup("tr") {
              Markup("th", ["scope": "row"]) { label }
              Markup("td") {
                Markup("pre", ["tabindex": "0"]) { Self.pieces(of: item) }
              }
            }
          }
        }
      }
      if yours.contains(where: \.hasWrong) { Markup("p") { "* is wrong" } }
      if let property { Markup("p") { property } }
      if let test {
        Markup("details") {
          Markup("summary") { Self.invitation }
          Markup("pre", ["tabindex": "0"]) { test }
        }
      }
    }
  }

  @MarkupBuilder
  private static func pieces(of item: Item) -> [Markup] {
    for (index, line) in item.lines.enumerated() {
      if index > 0 { "\n" }
      for piece in line {
        if piece.isWrong { Markup("mark") { piece.text } } else { piece.text }
      }
    }
  }

  /// The rules for a page that holds some; it has colours `--line`, and `--bad` or `--failed`.
  package static let style = """
    .example { margin: .6rem 0 .2rem; padding: .5rem .7rem; border: 1px solid var(--line);
      font-size: .9rem; overflow-x: auto; }
    .example figcaption { margin-bottom: .3rem; }
    .example code { overflow-wrap: anywhere; }
    .example table { width: auto; margin: .3rem 0; }
    .example th, .example td { padding: .15rem .8rem .15rem 0; border: 0; }
    .example pre { margin: 0; padding: 0; border: 0; overflow-x: auto;
      font: .85rem/1.35 ui-monospace, monospace; }
    .example details pre { white-space: pre-wrap; overflow-wrap: anywhere; }
    .example mark { background: none; color: var(--bad, var(--failed)); font-weight: 700; }
    .example p { margin: .2rem 0; }
    """
}
