/// The shape of a table of separated values, by which its separator is known.
enum TableShape {
  private static let separators: [Unicode.Scalar] = [",", "\t", ";", "|"]
  private static let sample = 16_384
  /// Headings stand in one of this many rows, below what schools say of a course.
  static let preamble = 15

  /// The separator by which the first lines are most of a table: as many cells in each row as in
  /// the row of headings.
  ///
  /// Characters are not counted: a list separated by semicolons can hold more commas, in names.
  static func separator(of scalars: Substring.UnicodeScalarView) -> Unicode.Scalar {
    var start = scalars.prefix(sample)
    if start.endIndex < scalars.endIndex,
      let end = start.lastIndex(where: { $0 == "\n" || $0 == "\r" })
    {
      start = start[...end]
    }
    let fits = separators.map { separator in
      (separator, fit((try? CSV.rows(in: start, separator: separator)) ?? []))
    }
    let best = fits.map(\.1).max { $0 < $1 }
    return fits.first { $0.1 == best }?.0 ?? ","
  }

  /// The fit of a reading; greater is better.
  private struct Fit: Comparable {
    /// The share of rows with as many cells as most have.
    var share: Double
    /// The number of headings that are known.
    var known: Int
    /// The number of cells that begin with a blank, as what stands behind a comma in a sentence.
    var blank: Int

    static func < (left: Fit, right: Fit) -> Bool {
      if left.share != right.share { return left.share < right.share }
      return (left.known, -left.blank) < (right.known, -right.blank)
    }
  }

  private static func fit(_ rows: [[String]]) -> Fit {
    let widths = rows.map(\.count)
    let counts = Dictionary(grouping: widths.filter { $0 > 1 }, by: \.self).mapValues(\.count)
    let known = rows.prefix(preamble).map(Headings.known(in:)).max() ?? 0
    let blank = rows.joined().count { $0.hasPrefix(" ") }
    var fit = Fit(share: 0, known: known, blank: blank)
    if let (width, count) = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
      let isHeaded = rows.prefix(preamble).contains { row in
        row.count == width && (row == rows.first || Headings.known(in: row) > 1)
      }
      fit.share = Double(count) / Double(rows.count) * (isHeaded ? 1 : 0.35)
    }
    // A list of one column has no separator; empty cells behind it are none.
    let isList = rows.allSatisfy { row in row.dropFirst().allSatisfy(\.isEmpty) }
    if isList { fit.share = max(fit.share, 0.4) }
    return fit
  }
}
