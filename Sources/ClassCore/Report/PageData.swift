import GraderCore

/// Facts for the page's script, by columns: at 20,000 rows this is half of what rows with names
/// would take.
struct PageData: Encodable {
  private let tests: [Test]
  private let reliability: Reliability
  private let states: [String]
  private let names: [String]
  private let ids: [String]
  private let sections: [String]?
  private let scores: [Int?]
  private let totals: [Int?]?
  private let state: [Int]
  private let late: [Int]
  private let seconds: [Int?]
  /// The verdicts by their letters.
  private let kinds: [String: PageVerdict]
  /// The letter of an item that a submission has no verdict on.
  private let absent: String
  private let verdicts: [String]
  /// Points by row and test, where the verdict does not tell them.
  private let partial: [Int: [Int: Int]]
  private let notes: [Int: String]

  private struct Test: Encodable {
    var title: String
    var max: Int
    var itemRest: Correlation

    init(_ item: ClassReport.Item, _ rest: ItemRest) {
      title = item.title
      max = item.maxScore.hundredths
      itemRest = Correlation(rest)
    }
  }

  /// A correlation, and what of it or of its interval is missing for which reason.
  private struct Correlation: Encodable {
    var value: Double?
    var low: Double?
    var high: Double?
    var missing: String?

    init(_ rest: ItemRest) {
      value = try? rest.correlation.get()
      switch rest.interval {
      case .success(let interval): (low, high) = (interval.lowerBound, interval.upperBound)
      case .failure(let reason): missing = reason.words
      }
    }
  }

  private struct Reliability: Encodable {
    var submissions: Int
    var tests: Int
    var alpha: Figure
    var standardError: Figure
  }

  /// A figure, or the reason why there is none.
  private struct Figure: Encodable {
    var value: Double?
    var missing: String?

    init(_ result: Result<Double, Unmeasured>) {
      switch result {
      case .success(let figure): value = figure
      case .failure(let reason): missing = reason.words
      }
    }
  }

  init(_ report: ClassReport, _ analysis: ItemAnalysis) {
    let rows = report.rows
    tests = report.items.map { Test($0, analysis[$0.id]) }
    reliability = Reliability(
      submissions: analysis.submissions,
      tests: analysis.tests,
      alpha: Figure(analysis.alpha),
      standardError: Figure(analysis.standardError)
    )
    states = ClassReport.State.allCases.map(\.words)
    names = rows.map(\.name)
    ids = rows.map(\.id)
    sections = rows.allSatisfy(\.section.isEmpty) ? nil : rows.map(\.section)
    scores = rows.map { $0.score?.hundredths }
    totals = rows.allSatisfy { $0.total == nil } ? nil : rows.map { $0.total?.hundredths }
    state = rows.map(\.state.rawValue)
    late = rows.map { $0.isLate ? 1 : 0 }
    seconds = rows.map { $0.seconds.map { Int($0 * 100 + 0.5) } }
    kinds = PageVerdict.byLetter
    absent = PageVerdict.absentLetter
    verdicts = rows.map { Self.letters(of: $0, count: report.items.count) }
    let numbered = Array(rows.enumerated())
    partial = Dictionary(
      uniqueKeysWithValues: numbered.filter { !$1.partial.isEmpty }
        .map { ($0, $1.partial.mapValues(\.hundredths)) }
    )
    notes = Dictionary(
      uniqueKeysWithValues: numbered.filter { !$1.note.isEmpty }.map { ($0, $1.note) }
    )
  }

  private static func letters(of row: ClassReport.Row, count: Int) -> String {
    guard !row.verdicts.isEmpty else { return "" }
    let missing = String(repeating: PageVerdict.absentLetter, count: count - row.verdicts.count)
    return String(decoding: row.verdicts, as: UTF8.self) + missing
  }
}
