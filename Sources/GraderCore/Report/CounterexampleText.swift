import JudgeEvents

/// A counterexample in words and grids, before any format lays it out.
package struct CounterexampleText: Equatable, Sendable {
  /// A value with its name.
  package struct Item: Equatable, Sendable {
    /// Its name.
    package var name: String
    /// Its numbers.
    package var grids: [NumberGrid]
    /// The words for a value that is no numbers; empty where there are some.
    package var words: String
  }

  /// The sentence above it.
  package let title: String
  /// The function as people call it.
  package let function: String
  /// The arguments.
  package let arguments: [Item]
  /// The values that the function gave.
  package let yours: [Item]
  /// The right values.
  package let right: [Item]
  /// The property that the result lacks, as a sentence; nil where none is known.
  package let property: String?
  /// The method to paste; nil if there is none.
  package let test: String?

  /// The text of a row's counterexample; nil where none was found.
  ///
  /// - Parameters:
  ///   - row: The row.
  ///   - isForStaff: True to show all that is known, whatever a student may see.
  package init?(_ row: Grade.TestResult, isForStaff: Bool = false) {
    guard let whole = row.facts?.search else { return nil }
    let search = isForStaff ? whole : whole.forStudents
    guard let example = search.counterexample else { return nil }
    let signature = search.signature.map(SignatureText.init)
    title = "The smallest input that was found on which it is wrong:"
    function = signature?.fullName ?? example.function
    arguments = example.arguments.flatMap { Self.items($0.name, $0.value) }
    var (yours, right): ([Item], [Item]) = ([], [])
    for result in example.results {
      if let value = result.yours {
        yours += Self.items(result.name, value, besides: result.right)
      }
      if let value = result.right { right += Self.items(result.name, value) }
    }
    if let words = Self.words(for: example.ending) {
      yours = [Item(name: "", grids: [], words: words)]
    } else if example.mustThrow != nil {
      yours = [Item(name: "", grids: [], words: "returns")]
    }
    if let error = example.mustThrow {
      right = [Item(name: "", grids: [], words: "throws \(error)")]
    }
    (self.yours, self.right) = (yours, right)
    property = example.broken.map(Self.sentence)
    test = signature.flatMap { PastedTest.method(for: example, $0, id: row.id) }
  }

  private static func words(for ending: Counterexample.Ending) -> String? {
    switch ending {
    case .returned: nil
    case .threw(let error): "throws \(Printable.line(error, longest: 60))"
    case .ended: "ends the program"
    case .late(let milliseconds): "does not return within \(Double(milliseconds) / 1000) s"
    }
  }

  /// The rows for a value; its parts have rows of their own.
  private static func items(
    _ name: String,
    _ value: ExampleValue,
    besides right: ExampleValue? = nil
  ) -> [Item] {
    switch value {
    case .tensor(let shape, nil):
      return [Item(name: name, grids: [], words: "a tensor of shape \(shape)")]
    case .tensor, .number, .integer, .integers, .numbers:
      let grids = NumberGrid.grids(of: value, besides: right)
      var words = ""
      if grids.isEmpty { words = "empty" }
      if let shape = right?.numbers?.shape, let own = value.numbers?.shape, shape != own {
        words = "has shape \(own), not \(shape)"
      }
      return [Item(name: name, grids: grids, words: words)]
    case .none: return [Item(name: name, grids: [], words: "nil")]
    case .choice(let choice): return [Item(name: name, grids: [], words: ".\(choice)")]
    case .parts(let type, let parts) where type == "Pair":
      let values = parts.map { SwiftText.argument($0.value, type: "") }
      return [Item(name: name, grids: [], words: "(\(values.joined(separator: ", ")))")]
    case .parts(_, let parts):
      return parts.flatMap { items("\(name).\($0.name)", $0.value) }
    case .list(let values):
      return values.enumerated().flatMap { items("\(name)[\($0)]", $1) }
    }
  }

  private static func sentence(_ broken: BrokenProperty) -> String {
    let yours = NumberGrid.text(of: broken.yours.value)
    let (name, place) = (broken.name, broken.place + 1)
    return switch broken.property {
    case .columnsSumToZero:
      "Each column of \(name) must sum to 0; yours: \(yours) in column \(place)."
    case .rowsSumToZero: "Each row of \(name) must sum to 0; yours: \(yours) in row \(place)."
    case .rowsSumToOne: "Each row of \(name) must sum to 1; yours: \(yours) in row \(place)."
    case .notNegative: "No entry of \(name) can be below 0; yours: \(yours)."
    case .zero: "Every entry of \(name) must be 0; yours: \(yours)."
    }
  }
}

extension CounterexampleText {
  /// The words above the method.
  package static let invitation =
    "To try it, paste this method into one of the handout's test classes:"

  /// The lines for a terminal: grids are aligned to the right, wrong entries have a star.
  package var lines: [String] {
    let width = labelled.map(\.label.count).max() ?? 0
    var lines = [title, "  \(function)"]
    for (label, item) in labelled { lines += Self.rows(item, label, width: width) }
    if yours.contains(where: \.hasWrong) { lines.append("  * is wrong") }
    if let property { lines.append("  \(property)") }
    guard let test else { return lines }
    return lines + [Self.invitation]
      + test.split(separator: "\n").map { "  \($0)" }
  }

  /// The lines for a terminal on the search for a row's counterexample: that which was found, or
  /// why there is none; empty where none was to be looked for.
  package static func lines(on row: Grade.TestResult) -> [String] {
    CounterexampleText(row)?.lines ?? [row.facts?.search?.remark].compactMap(\.self)
  }

  /// The lines as one text; nil if there are none.
  package static func text(on row: Grade.TestResult) -> String? {
    let lines = lines(on: row)
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }

  /// All values with what stands beside them: arguments have their names, results whose they are.
  package var labelled: [(label: String, item: Item)] {
    [("", arguments), ("yours", yours), ("right", right)].flatMap { prefix, items in
      items.map { item in
        ([prefix, item.name].filter { !$0.isEmpty }.joined(separator: " "), item)
      }
    }
  }

  private static func rows(_ item: Item, _ label: String, width: Int) -> [String] {
    item.lines.enumerated().map { index, line in
      let text = line.map(\.text).joined()
      let name = index == 0 ? label : ""
      let line = "  \(name)\(String(repeating: " ", count: width - name.count))  \(text)"
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}

extension CounterexampleText.Item {
  /// A piece of a line: all of a wrong number with its star, or what stands between such.
  package struct Piece: Equatable, Sendable {
    /// The text.
    package var text: String
    /// True if it is a wrong number.
    package var isWrong: Bool
  }

  /// The lines of the value, its numbers aligned to the right.
  package var lines: [[Piece]] {
    let width = grids.flatMap { $0.rows.flatMap { $0 } }.map(\.text.count).max() ?? 0
    var lines: [[Piece]] = words.isEmpty ? [] : [[Piece(text: words, isWrong: false)]]
    for grid in grids {
      if !grid.heading.isEmpty { lines.append([Piece(text: grid.heading, isWrong: false)]) }
      for row in grid.rows {
        lines.append(
          row.enumerated().flatMap { index, cell in
            let space = String(
              repeating: " ",
              count: width - cell.text.count + (index > 0 ? 2 : 0)
            )
            let text = cell.text + (cell.isWrong ? "*" : hasWrong ? " " : "")
            return [
              Piece(text: space, isWrong: false), Piece(text: text, isWrong: cell.isWrong),
            ]
          }
        )
      }
    }
    return lines
  }

  /// True if some of its numbers are marked as wrong.
  package var hasWrong: Bool {
    grids.contains { $0.rows.contains { $0.contains(where: \.isWrong) } }
  }
}
