import GradeFormats
package import GraderCore

/// Written answers for people to mark, without names.
///
/// Equal answers are one, so that they get the same mark; the order is random but the same for the
/// same seed, and tells nothing of who wrote them.
package struct MarkingPacket: Sendable {
  /// The heading.
  package let title: String
  /// The answers in the packet's order.
  package let answers: [Answer]

  /// One text, of one or several submissions.
  package struct Answer: Equatable, Sendable {
    /// The item that it answers.
    package var item: Item
    /// The text of the answer.
    package var text: String
    /// The digests of the submissions that say it, sorted.
    package var submissions: [String]
    /// By which packet and table name it, such as `written-1-007`.
    package var code: String
  }

  /// An item that is marked.
  package struct Item: Hashable, Sendable {
    package var id: String
    package var title: String
    package var points: Points

    package init(id: String, title: String, points: Points) {
      (self.id, self.title, self.points) = (id, title, points)
    }
  }

  /// One submission's text for one item.
  package struct Text: Sendable {
    var item: Item
    var submission: String
    var text: String

    package init(item: Item, submission: String, text: String) {
      (self.item, self.submission, self.text) = (item, submission, text)
    }
  }

  /// A packet of these texts.
  package init(title: String, texts: [Text], seed: UInt64) {
    self.title = title
    var order = SplitMix64(seed: seed)
    let items = texts.map(\.item).reduce(into: [Item]()) { if !$0.contains($1) { $0.append($1) } }
    answers = items.flatMap { item -> [Answer] in
      let own = texts.filter { $0.item == item }
      let groups = Dictionary(grouping: own) { Self.normalized($0.text) }
      // Sorted before they are shuffled: a dictionary's order differs from run to run.
      return groups.sorted { $0.key < $1.key }.shuffled(using: &order).enumerated()
        .map { index, group in
          let number = String(index + 1)
          let zeros = String(repeating: "0", count: max(0, 4 - number.count))
          return Answer(
            item: item,
            text: group.key,
            submissions: Array(Set(group.value.map(\.submission))).sorted(),
            code: "\(item.id)-\(zeros)\(number)"
          )
        }
    }
  }

  /// Layout at the ends of lines and of the text makes no other answer.
  static func normalized(_ text: String) -> String {
    let lines = text.replacing("\r\n", with: "\n").split(
      separator: "\n",
      omittingEmptySubsequences: false
    ).map { line in
      String(line.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
    let first = lines.firstIndex { !$0.isEmpty } ?? lines.endIndex
    let last = lines.lastIndex { !$0.isEmpty } ?? lines.startIndex
    return first > last ? "" : lines[first...last].joined(separator: "\n")
  }

  // MARK: Writing

  /// The page to read, without scripts; it prints an answer to a block.
  package var page: String {
    HTMLPage(title: heading, style: Self.style).html {
      Markup("main") {
        Markup("h1") { heading }
        Markup("p") {
          """
          \(answers.count) different answers, in random order and without names. Fill in the \
          columns points and comment of the table beside this page; a code there is a heading here.
          """
        }
        answers.map(Self.article)
      }
    }
  }

  private var heading: String { "\(title): answers to mark" }

  private static func article(_ answer: Answer) -> Markup {
    let (count, rows) = (answer.submissions.count, cells(of: answer).count)
    return Markup("article", ["id": answer.code]) {
      Markup("h2") { answer.code }
      Markup("p", ["class": "item"]) {
        "\(answer.item.title), up to \(answer.item.points) points"
      }
      if count > 1 {
        let inTable = rows > 1 ? "; the table has \(rows) rows for them." : "."
        Markup("p", ["class": "note"]) { "\(count) submissions say the same\(inTable)" }
      }
      if answer.text.isEmpty {
        Markup("p", ["class": "note"]) { "Nothing was written." }
      } else {
        Markup("pre") { answer.text }
      }
    }
  }

  private static let style = """
    :root { color-scheme: light dark; --ink: #1d2430; --page: #fff; --line: #c9cfda;
      --soft: #5a6475; }
    @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ef; --page: #14181f;
      --line: #3a4250; --soft: #a3adbd; } }
    body { margin: 0 auto; max-width: 48rem; padding: 1.5rem 1rem; background: var(--page);
      color: var(--ink); font: 1rem/1.5 system-ui; }
    h1 { font-size: 1.4rem; } h2 { font-size: 1rem; margin: 0; }
    article { border-top: 2px solid var(--line); padding: 1rem 0; }
    .item, .note { margin: 0; color: var(--soft); font-size: .9rem; }
    pre { white-space: pre-wrap; overflow-wrap: anywhere; font: .92rem/1.5 monospace; }
    @media print { article { break-inside: avoid; } body { max-width: none; padding: 0; } }
    """

  /// The table to fill in; one row for each answer, or several where a great many say the same.
  package var table: String {
    let rows = answers.flatMap { answer in
      Self.cells(of: answer).map { cell in
        [answer.code, answer.item.id, "\(answer.item.points)", "", "", cell]
      }
    }
    return CSV.text([MarkingTable.columns] + rows)
  }

  /// Excel cuts a cell after 32,767 characters, and with it a digest.
  private static let longestCell = 32_000

  /// The submissions of an answer, in as many cells as they need.
  private static func cells(of answer: Answer) -> [String] {
    var cells: [String] = []
    for submission in answer.submissions {
      if let last = cells.last, last.utf16.count + 1 + submission.utf16.count <= longestCell {
        cells[cells.count - 1] += " \(submission)"
      } else {
        cells.append(submission)
      }
    }
    return cells
  }
}
