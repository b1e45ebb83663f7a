/// The reason why a figure of item analysis is missing.
package enum Unmeasured: Error, Equatable, Sendable {
  /// One submission has no spread.
  case fewSubmissions
  /// Fisher's interval divides by n - 3.
  case fewForInterval
  /// Points on one line leave Fisher's interval no width, however few they are.
  case perfect
  /// Alpha compares at least two tests whose points differ.
  case fewTests
  /// The test has the same points in every submission.
  case samePoints
  /// All other tests together have the same points in every submission.
  case sameRest
  /// The tests' sum is the same in every submission.
  case sameSum
  /// An error cannot be larger than the spread that it is part of.
  case negativeAlpha
  /// It waits for people's marks in some submission.
  case unmarked
  /// It is none of the tests that most submissions were graded by.
  case otherTests
  /// It is worth no points.
  case noPoints

  /// The reason for a teacher.
  var words: String {
    switch self {
    case .fewSubmissions: "needs 2 submissions"
    case .fewForInterval: "an interval needs 4 submissions"
    case .perfect: "all on one line: no interval"
    case .fewTests: "needs 2 tests on which points differ"
    case .samePoints: "the same points for all"
    case .sameRest: "the same sum of all others"
    case .sameSum: "the same sum for all"
    case .negativeAlpha: "none where alpha is below 0"
    case .unmarked: "not marked for all"
    case .otherTests: "not among the tests of most"
    case .noPoints: "worth no points"
    }
  }
}
