import GraderCore

/// The reason why a roster's table could not be read.
package enum RosterProblem: Error, Equatable {
  /// The table itself is broken.
  case table(CSV.Problem)
  /// No row names columns that say who somebody is; these are the first row's.
  case noColumns([String])
  /// Two rows are of one student and disagree.
  case conflict(id: String, field: String, values: [String])
  /// A row says nothing about who it is of.
  case nobody(row: Int)
  /// A spreadsheet has rounded a number, and nobody can tell whose it was.
  case rounded(row: Int, heading: String, value: String)
  /// Columns whose headings are not known, and which therefore say nothing.
  case unknownHeadings([String])
  /// Two students have the same of what only one can have.
  case shared(field: String, value: String, ids: [String])
  /// Rows of people who teach, which are left out.
  case staff([String])
  /// A row has more cells than there are headings.
  case surplus(row: Int, cells: Int, headings: Int)
}

extension RosterProblem: CustomStringConvertible {
  /// A sentence for a person.
  package var description: String {
    switch self {
    case .table(.openQuote(let line)): "A quoted field that begins on line \(line) never ends."
    case .noColumns(let found):
      "No column says who somebody is (found: \(found.joined(separator: ", "))). "
        + "Name one `student number`, `email`, `login` or `name`; headings are known in "
        + "\(Headings.languages)."
    case .conflict(let id, let field, let values):
      "The \(field) of \(id) is given as \(values.joined(separator: " and as "))."
    case .nobody(let row): "Row \(row) says nothing about who it is of."
    case .rounded(let row, let heading, let value):
      "Row \(row) has \(value) under \(heading): a spreadsheet has rounded the number "
        + "or made a date of it. Export the list again and do not open it, or keep the column as "
        + "text."
    case .unknownHeadings(let headings):
      "Not used, because the heading is not known: \(headings.joined(separator: ", "))."
    case .shared(let field, let value, let ids):
      "The \(field) \(value) is given to \(ids.joined(separator: " and to ")): it tells nobody."
    case .staff(let people):
      "Left out, because their role is not a student's: \(people.joined(separator: ", "))."
    case .surplus(let row, let cells, let headings):
      "Row \(row) has \(cells) cells under \(headings) headings: put what holds the separator in "
        + "quotes."
    }
  }
}
