import ClassCore
import Foundation
import GraderCore
import TestSupport
import Testing

/// Alpha, the standard error and the item-rest correlation: against NumPy and SciPy, and where
/// there is none.
@Suite struct ItemAnalysisTests {
  /// A class as `make_goldens.py` wrote it.
  struct Golden: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    /// Hundredths, a row for each submission.
    var points: [[Int]]
    var alpha: Double?
    var standardError: Double?
    var tests: [Entry]
    var testDescription: String { name }

    struct Entry: Decodable, Sendable {
      var correlation: Double?
      var low: Double?
      var high: Double?
    }
  }

  private struct Goldens: Decodable {
    var sets: [Golden]
  }

  private static let goldens: [Golden] = {
    let file = URL(filePath: Checker.fixture("ItemAnalysis/goldens.json"))
    let read = try? JSONDecoder().decode(Goldens.self, from: Data(contentsOf: file))
    return read?.sets ?? []
  }()

  @Test func goldensAreThere() {
    #expect(Self.goldens.count == 16)
  }

  @Test(arguments: goldens) func sameAsNumPyAndSciPy(golden: Golden) {
    let analysis = Self.report(golden.points).analysis
    expect(analysis.alpha.figure, golden.alpha)
    expect(analysis.standardError.figure, golden.standardError)
    for (test, entry) in golden.tests.enumerated() {
      let item = analysis["t\(test)"]
      expect(item.correlation.figure, entry.correlation)
      // Of less than four submissions SciPy says that the correlation is between -1 and 1, and of
      // a perfect line that it is certain: both say nothing.
      let isPerfect = entry.correlation.map { abs($0) > 1 - 1e-12 } ?? true
      let hasInterval = golden.points.count > 3 && !isPerfect
      expect(item.interval.figure?.lowerBound, hasInterval ? entry.low : nil)
      expect(item.interval.figure?.upperBound, hasInterval ? entry.high : nil)
    }
  }

  private func expect(
    _ value: Double?,
    _ golden: Double?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let value, let golden else {
      #expect(value == golden, sourceLocation: sourceLocation)
      return
    }
    // Only what is zero has to be met by less than the last bits of the sums.
    let isNear = abs(value - golden) <= 1e-9 * abs(golden) + 1e-14
    #expect(isNear, "\(value), not \(golden)", sourceLocation: sourceLocation)
  }

  // MARK: Where there is no figure

  private static func grade(
    _ points: [Int],
    of most: Int = 100_000_000,
    status: Grade.Status = .graded
  ) -> Grade {
    let rows = points.enumerated().map { test, points in
      Grade.TestResult(id: "t\(test)", score: points, of: most)
    }
    return Grade(tests: rows, status: status)
  }

  private static func report(_ points: [[Int]]) -> ClassReport {
    report(points.map { grade($0) })
  }

  private static func report(_ grades: [Grade], marks: [[String: Points]] = []) -> ClassReport {
    var report = ClassReport(title: "A", date: "")
    for (index, grade) in grades.enumerated() {
      var result = ClassResult(students: [], attempt: nil, grade: grade)
      if marks.indices.contains(index) { result.marks = marks[index] }
      report.add(result)
    }
    return report
  }

  @Test(arguments: [[], [[0, 100]]]) func oneSubmissionSaysNothing(points: [[Int]]) {
    let analysis = Self.report(points).analysis
    #expect(analysis.submissions == points.count)
    #expect(analysis.alpha.reason == .fewSubmissions)
    #expect(analysis.standardError.reason == .fewSubmissions)
    let item = analysis["t0"]
    #expect(item.correlation.reason == (points.isEmpty ? .otherTests : .fewSubmissions))
    #expect(item.interval.reason == item.correlation.reason)
  }

  @Test func intervalNeedsFourSubmissions() {
    let points = [[0, 100], [200, 150], [300, 170], [100, 160]]
    let three = Self.report(Array(points.prefix(3))).analysis["t0"]
    #expect(three.correlation.figure != nil)
    #expect(three.interval.reason == .fewForInterval)
    #expect(Self.report(points).analysis["t0"].interval.figure != nil)
  }

  @Test func perfectLineHasNoInterval() {
    let item = Self.report((0..<6).map { [100 * $0, 30 * $0] }).analysis["t1"]
    #expect(item.correlation.figure == 1)
    #expect(item.interval.reason == .perfect)
  }

  /// A test that all pass measures nothing: it changes no figure, and has none.
  @Test func testThatAllPassChangesNothing() {
    let points = [[0, 100], [200, 150], [300, 110], [100, 160], [400, 300]]
    let without = Self.report(points).analysis
    let with = Self.report(points.map { $0 + [700] }).analysis
    #expect(with.alpha.figure == without.alpha.figure && with.alpha.figure != nil)
    #expect(with.standardError.figure == without.standardError.figure)
    #expect(with["t0"].interval.figure == without["t0"].interval.figure)
    #expect(with["t2"].correlation.reason == .samePoints)
  }

  @Test func reasons() {
    let alone = Self.report([[0, 400], [100, 400], [400, 400]]).analysis
    #expect(alone.alpha.reason == .fewTests)
    #expect(alone["t0"].correlation.reason == .sameRest)
    let sum = Self.report([[0, 400], [400, 0], [100, 300]]).analysis
    #expect(sum.alpha.reason == .sameSum)
    let against = Self.report([[0, 400], [400, 100], [100, 380]]).analysis
    #expect(against.alpha.figure ?? 0 < 0)
    #expect(against.standardError.reason == .negativeAlpha)
  }

  /// Sums are whole numbers, so that no order of submissions gives other last digits.
  @Test func orderDoesNotMatter() {
    let points = Self.goldens.first { $0.name == "large" }?.points ?? []
    let (one, other) = (Self.report(points).analysis, Self.report(points.reversed()).analysis)
    #expect(one.alpha.figure == other.alpha.figure)
    #expect(one["t3"].interval.figure == other["t3"].interval.figure)
  }

  // MARK: Whose points count

  private static let points = [[0, 100], [200, 150], [300, 110], [100, 160], [400, 300]]

  /// Of a submission that did not build nothing was tried: zeros would make all tests look alike.
  @Test func whatDidNotBuildIsLeftOut() {
    let grades = Self.points.map { Self.grade($0) }
    let broken = [
      Self.grade([0, 0], status: .didNotBuild), Grade(tests: [], status: .unreadable),
    ]
    let analysis = Self.report(broken + grades).analysis
    #expect(analysis.submissions == 5 && analysis.untried == 2 && analysis.ofOtherTests == 0)
    #expect(analysis.alpha.figure == Self.report(grades).analysis.alpha.figure)
    // What of it could not be run has lost its points, and counts.
    let incomplete = Self.report(grades + [Self.grade([0, 300], status: .incomplete)]).analysis
    #expect(incomplete.submissions == 6)
  }

  /// Sums of other tests, or of other points for the same, cannot be compared.
  @Test func suiteThatChanged() {
    let grades = Self.points.map { Self.grade($0) }
    let earlier = [
      Self.grade([100, 200, 300]), Self.grade([100, 200, 0]), Self.grade([0, 0], of: 500),
    ]
    let analysis = Self.report(earlier + grades).analysis
    #expect(analysis.submissions == 5 && analysis.tests == 2)
    #expect(analysis.ofOtherTests == 3 && analysis.untried == 0)
    #expect(analysis.alpha.figure == Self.report(grades).analysis.alpha.figure)
    #expect(analysis["t2"].correlation.reason == .otherTests)
  }

  @Test func testWithoutPointsDoesNotCount() {
    let grades = Self.points.map { points in
      var grade = Self.grade(points)
      grade.tests.append(Grade.TestResult(id: "free", score: 0, of: 0))
      return grade
    }
    let analysis = Self.report(grades).analysis
    #expect(analysis.tests == 2)
    #expect(analysis["free"].correlation.reason == .noPoints)
  }

  /// What a person marks counts as a test does, once everybody's is marked.
  @Test func markedPartsCount() {
    let grades = Self.points.map { points in
      var grade = Self.grade(points)
      grade.tests[1].status = .pending
      grade.tests[1].score = .zero
      return grade
    }
    let marks = Self.points.map { ["t1": Points(hundredths: $0[1])] }
    let marked = Self.report(grades, marks: marks).analysis
    let machine = Self.report(Self.points).analysis
    #expect(marked.alpha.figure == machine.alpha.figure && marked.tests == 2)
    #expect(marked["t1"].interval.figure == machine["t1"].interval.figure)

    let open = Self.report(grades, marks: Array(marks.dropLast())).analysis
    #expect(open.submissions == 5 && open.tests == 1)
    #expect(open["t1"].correlation.reason == .unmarked)
    #expect(open.alpha.reason == .fewTests)
  }

  /// The marks are those that count for the final grade.
  @Test func marksAreTheSettledOnes() {
    var grade = Self.grade([100, 0])
    grade.submission.digest = "d"
    grade.tests[1].status = .pending
    let attempt = Attempt(students: ["a"], originalName: "a.zip", path: "a.zip")
    let result = ClassResult(students: [], attempt: attempt, grade: grade)
    let marks = [300, 500].enumerated().map { index, points in
      Mark(
        submission: "d",
        item: "t1",
        marker: "m\(index)",
        points: Points(hundredths: points),
        comment: ""
      )
    }
    let grading = FinalGrading(marks: marks, policy: ClassPolicy(), now: .distantPast)
    #expect(grading.finished(result).marks == ["t1": Points(hundredths: 400)])
  }
}

extension Result where Failure == Unmeasured {
  fileprivate var figure: Success? { try? get() }

  fileprivate var reason: Unmeasured? {
    guard case .failure(let reason) = self else { return nil }
    return reason
  }
}
