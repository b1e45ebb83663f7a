/// The one by whose word something was handed in at a time: never its student's.
package enum TimeOrigin: String, Codable, CaseIterable, Sendable {
  /// The learning system that gave the hand-in out.
  case source
  /// The list of commits and pushes that the command was given.
  case list

  /// The name for people, behind `by`.
  package var words: String {
    switch self {
    case .source: "the learning system's time"
    case .list: "the list of pushes"
    }
  }
}
