import GradeFormats
import GraderCore

/// A verdict as the page's script knows it, which has no name for any.
struct PageVerdict: Encodable {
  /// The class in the page's style.
  var group: String
  /// A word for people.
  var word: String
  /// True if it gives all points.
  var isFull: Bool
  /// True if it lost points.
  var isLost: Bool
  /// True unless it waits for a person, or for another test that did not pass.
  var isJudged: Bool

  private init(_ kind: Verdict.Kind) {
    group = kind.group.rawValue
    word = GradeNarrative.word(kind)
    isFull = kind == .passed
    isJudged = !kind.isPending && kind != .notJudged
    isLost = kind.isLoss
  }

  /// The letter of an item that a submission has no verdict on.
  static let absentLetter = String(UnicodeScalar(Verdict.Kind.letterIfAbsent))

  /// All verdicts by their letters, and what stands where a submission has none.
  static let byLetter: [String: PageVerdict] = {
    var all = Dictionary(
      uniqueKeysWithValues: Verdict.Kind.allCases.map {
        (String(UnicodeScalar($0.letter)), Self($0))
      }
    )
    var absent = Self(.notRun)
    (absent.word, absent.isLost) = ("not there", false)
    all[absentLetter] = absent
    return all
  }()
}
