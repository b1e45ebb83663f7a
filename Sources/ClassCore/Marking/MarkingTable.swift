package import GraderCore

/// The table of a marking packet, filled in by a person.
package struct MarkingTable: Equatable, Sendable {
  static let columns = ["code", "item", "most", "points", "comment", "submissions"]

  /// The marks, one for each submission, in the table's order.
  package private(set) var marks: [Mark] = []
  /// Rows that nobody filled in.
  package private(set) var empty = 0
  /// The problems, one sentence for each row; such a row gives no mark.
  package private(set) var problems: [String] = []

  /// Reads a table; columns may stand in any order, and others beside them.
  ///
  /// - Parameters:
  ///   - text: The table.
  ///   - most: The points of each item, by its id: the table's own are not believed.
  ///   - submissions: The digests of all submissions that there are.
  ///   - marker: The person who filled it in.
  package init(_ text: String, most: [String: Points], submissions: Set<String>, marker: String) {
    let rows: [[String]]
    do {
      rows = try CSV.rows(in: text)
    } catch {
      problems = ["The table cannot be read: \(error)."]
      return
    }
    let head = (rows.first ?? []).map { $0.lowercased() }
    let places = ["item", "points", "comment", "submissions"].map { head.firstIndex(of: $0) }
    guard let item = places[0], let points = places[1], let digests = places[3] else {
      problems = ["The table needs the columns item, points and submissions."]
      return
    }
    for (number, row) in rows.enumerated().dropFirst() {
      func cell(_ place: Int?) -> String {
        guard let place, place < row.count else { return "" }
        return row[place]
      }
      let filled = cell(points).filter { !$0.isWhitespace }
      if filled.isEmpty {
        empty += 1
        continue
      }
      do throws(Refusal) {
        let id = cell(item)
        let given = try Self.points(filled, most: most[id], item: id)
        let all = cell(digests).split(separator: " ").map(String.init)
        if let stranger = all.first(where: { !submissions.contains($0) }) {
          throw Refusal(what: "there is no submission \(Printable.line(stranger, longest: 80))")
        }
        if all.isEmpty { throw Refusal(what: "it names no submission") }
        for submission in all {
          marks.append(
            Mark(
              submission: submission,
              item: id,
              marker: marker,
              points: given,
              comment: cell(places[2])
            )
          )
        }
      } catch {
        problems.append("Row \(number + 1): \(error.what).")
      }
    }
    refuseContradictions()
  }

  private struct Refusal: Error {
    var what: String
  }

  /// Both decimal signs are understood; points are whole hundredths between zero and the most.
  private static func points(
    _ text: String,
    most: Points?,
    item: String
  ) throws(Refusal) -> Points {
    guard let most else {
      throw Refusal(what: "there is no item \(Printable.line(item, longest: 80)) to mark")
    }
    let number = Double(text.replacing(",", with: "."))
    guard let number, let points = Points(exactly: number) else {
      throw Refusal(what: "\(Printable.line(text, longest: 40)) is no number of points")
    }
    guard points >= .zero, points <= most else {
      throw Refusal(what: "\(points) points is not between 0 and \(most)")
    }
    return points
  }

  /// Two rows that give one submission different points would be a matter of their order.
  private mutating func refuseContradictions() {
    let groups = Dictionary(grouping: marks) { [$0.submission, $0.item] }
    for (key, group) in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
    where Set(group.map(\.points)).count > 1 {
      problems.append("\(key[1]) of \(key[0]) has two different marks.")
      marks.removeAll { [$0.submission, $0.item] == key }
    }
  }
}
