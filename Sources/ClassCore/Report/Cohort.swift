import GraderCore

/// The submissions that were graded by the same tests, as sums over their points.
///
/// All sums are whole numbers: points that are the same for all have a spread of exactly zero, and
/// no figure depends on the order of the submissions. With 128 bits none overflows.
struct Cohort: Sendable {
  /// A test by its place in the report, and its worth: a suite that changed can change either.
  struct Entry: Equatable, Sendable {
    var place: Int
    var maxScore: Points
  }

  /// The tests that are worth points.
  let entries: [Entry]
  /// The number of submissions.
  private(set) var count = 0
  /// The tests that wait for marks in some submission, by their number.
  private(set) var unmarked: Set<Int> = []
  private var sums: [Int128]
  /// Sums of products of two tests' points: the rows of a triangle, diagonal included.
  private var products: [Int128]

  /// Nobody yet.
  init(entries: [Entry]) {
    self.entries = entries
    sums = Array(repeating: 0, count: entries.count)
    products = Array(repeating: 0, count: entries.count * (entries.count + 1) / 2)
  }

  /// Adds a submission by its points, in the order of the tests; nil where they wait for marks.
  mutating func add(_ scores: [Points?]) {
    count += 1
    unmarked.formUnion(scores.indices.filter { scores[$0] == nil })
    let points = scores.map { Int128($0?.hundredths ?? 0) }
    for row in points.indices {
      sums[row] += points[row]
      for column in 0...row { products[place(row, column)] += points[row] * points[column] }
    }
  }

  /// n² times the covariance of two tests' points, in hundredths.
  func covariance(_ one: Int, _ other: Int) -> Int128 {
    let product = products[place(max(one, other), min(one, other))]
    return Int128(count) * product - sums[one] * sums[other]
  }

  private func place(_ row: Int, _ column: Int) -> Int { row * (row + 1) / 2 + column }
}
