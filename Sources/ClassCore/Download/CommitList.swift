package import Foundation
import GraderCore

/// A list of what counts of repositories: the commit or tag of each, and when it was pushed.
///
/// A commit's own date is its author's word, and is never looked at.
package struct CommitList: Equatable, Sendable {
  /// The lines of a list by the names of repositories.
  package private(set) var rows: [String: Row] = [:]
  /// The row of all repositories that have none of their own, `*` in a list.
  package private(set) var others: Row?

  /// A line of a list.
  package struct Row: Equatable, Sendable {
    /// A tag, or a commit's identity; nil if the files of a work tree count as they are.
    package var commit: String?
    /// The time at which it was pushed, by the word of whoever made the list.
    package var pushedAt: Date?

    package init(commit: String? = nil, pushedAt: Date? = nil) {
      (self.commit, self.pushedAt) = (commit, pushedAt)
    }
  }

  /// A list that cannot be understood.
  package enum Problem: Error, Equatable {
    case table(CSV.Problem)
    case noRepositories
    case twice(String)
    case time(String, of: String)
    case nothing(of: String)
    case timeOfAll
  }

  /// Reads a table with headings, or lines of a name, a commit and a time.
  ///
  /// - Parameters:
  ///   - text: The list.
  ///   - zone: The zone of times that name none.
  /// - Throws: The first thing that cannot be understood.
  package init(_ text: String, zone: TimeZone) throws(Problem) {
    var rows: [[String]]
    do throws(CSV.Problem) {
      rows = try CSV.rows(in: text).map { $0.map { CSV.bare($0).trimmed }.map(String.init) }
    } catch {
      throw .table(error)
    }
    rows.removeAll { $0[0].hasPrefix("#") }
    var columns = Columns(plain: ())
    if let headings = rows.first.flatMap(Columns.init(headings:)) {
      columns = headings
      rows.removeFirst()
    }
    for row in rows {
      let cells = row.count == 1 ? Self.words(row[0], zone) : row
      try add(columns.cells(of: Self.turned(cells, columns, zone)), zone)
    }
    guard !self.rows.isEmpty || others != nil else { throw .noRepositories }
  }

  /// The row of a repository.
  package subscript(_ name: String) -> Row? { rows[name] ?? others }

  /// True if it names a commit.
  package var hasCommits: Bool { rows.values.contains { $0.commit != nil } || others != nil }

  /// The name of a repository in a folder's name, a path or an address.
  package static func name(_ text: String) -> String {
    let last = text.split { "/:\\".contains($0) }.last.map(String.init) ?? text
    return last.hasSuffix(".git") && last.count > 4 ? String(last.dropLast(4)) : last
  }

  /// Adds the times of pushes to what is known of deliveries.
  ///
  /// - Returns: The names that are no delivery's.
  package func add(to facts: inout [String: SourceFacts], of recognition: Recognition) -> [String] {
    var unknown = Set(rows.keys)
    for delivery in recognition.deliveries {
      let names = [delivery.owner, FileNames.stem(delivery.owner), delivery.label]
      guard let name = names.map(Self.name).first(where: { rows[$0] != nil }) else { continue }
      unknown.remove(name)
      guard let time = rows[name]?.pushedAt else { continue }
      facts[delivery.owner, default: SourceFacts(people: [])].submittedAt = time
      facts[delivery.owner]?.timeOrigin = .list
    }
    return unknown.sorted()
  }

  private mutating func add(
    _ cells: (name: String, commit: String, time: String),
    _ zone: TimeZone
  ) throws(Problem) {
    guard !cells.name.isEmpty else { return }
    var row = Row(commit: cells.commit.isEmpty ? nil : cells.commit)
    if !cells.time.isEmpty {
      guard let time = TimeText.instant(cells.time, in: zone) else {
        throw .time(cells.time, of: cells.name)
      }
      row.pushedAt = time
    }
    guard row != Row() else { throw .nothing(of: cells.name) }
    if cells.name == "*" {
      guard row.pushedAt == nil else { throw .timeOfAll }
      guard others == nil else { throw .twice("*") }
      others = row
    } else if rows.updateValue(row, forKey: Self.name(cells.name)) != nil {
      throw .twice(cells.name)
    }
  }

  // MARK: Lines

  /// A line of a text, at its blanks; a time may have some.
  private static func words(_ line: String, _ zone: TimeZone) -> [String] {
    let first = line.split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
    guard first.count == 2, TimeText.instant(first[1], in: zone) == nil else { return first }
    return first.prefix(1)
      + first[1].split(maxSplits: 1, whereSeparator: \.isWhitespace).map(String.init)
  }

  /// A line without headings may have a time in the place of the commit.
  private static func turned(_ cells: [String], _ columns: Columns, _ zone: TimeZone) -> [String] {
    guard columns.isPlain, cells.count == 2, TimeText.instant(cells[1], in: zone) != nil else {
      return cells
    }
    return [cells[0], "", cells[1]]
  }

  /// The places of the three columns.
  private struct Columns {
    private var (name, commit, time): (Int?, Int?, Int?) = (0, 1, 2)
    private(set) var isPlain = true

    private static let names = ["repository", "repo", "name", "folder"]
    private static let commits = ["commit", "tag", "revision", "sha"]
    private static let times = ["pushed", "pushed at", "pushed_at", "time", "push time"]

    /// A name, a commit and a time, in this order.
    init(plain: Void) {}

    /// Nil if they are no headings.
    init?(headings: [String]) {
      let words = headings.map { $0.lowercased() }
      let place = { (known: [String]) in words.firstIndex { known.contains($0) } }
      (name, commit, time) = (place(Self.names), place(Self.commits), place(Self.times))
      guard name != nil, commit != nil || time != nil else { return nil }
      isPlain = false
    }

    func cells(of row: [String]) -> (name: String, commit: String, time: String) {
      let cell = { (place: Int?) in place.flatMap { row.indices.contains($0) ? row[$0] : nil } ?? ""
      }
      return (cell(name), cell(commit), cell(time))
    }
  }
}

extension CommitList.Problem: CustomStringConvertible {
  /// The problem as the end of a sentence.
  package var description: String {
    switch self {
    case .table(let problem): "\(problem)"
    case .noRepositories: "it names no repository"
    case .twice(let name): "it names \(name) twice; keep the line that counts"
    case .time(let text, let name):
      "the time \(text) of \(name) is not understood; write 2026-04-30 23:59:30, and behind it a "
        + "zone such as +09:00 if it is not the policy's"
    case .nothing(let name): "\(name) has neither a commit nor a time"
    case .timeOfAll: "a line for all repositories (*) cannot have a time"
    }
  }
}
