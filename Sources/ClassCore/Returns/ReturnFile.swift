/// A table for a learning system, and what a person should know before importing it.
package struct ReturnFile: Equatable, Sendable {
  /// The table as text.
  package var text: String
  /// The number of rows that got a grade.
  package var filled: Int
  /// The things that could not be done, one sentence each.
  package var notes: [String]

  package init(text: String, filled: Int, notes: [String]) {
    self.text = text
    self.filled = filled
    self.notes = notes
  }
}

/// The reason why a table of a learning system could not be filled.
package enum ReturnProblem: Error, Equatable {
  /// The table itself is broken.
  case table(CSV.Problem)
  /// It is not what it should be: these columns are not there.
  case columnsMissing([String])
  /// No column, or more than one, is meant for the grades; these could be.
  case whichColumn([String])
  /// The column is agreed to be for the machine's points alone.
  case machineColumn(String)
}

extension ReturnProblem: CustomStringConvertible {
  /// A sentence for a person.
  package var description: String {
    switch self {
    case .table(.openQuote(let line)): "A quoted field that begins on line \(line) never ends."
    case .columnsMissing(let names):
      "It has no column \(names.joined(separator: ", ")): export it again and change nothing. "
        + "Headings are known in \(Headings.languages)."
    case .machineColumn(let name):
      "\(name) is the column of the machine's points, and these are final grades. "
        + "Name another column, or say --machine-only."
    case .whichColumn(let names):
      "Say which column the grades belong in: \(names.joined(separator: ", "))."
    }
  }
}
