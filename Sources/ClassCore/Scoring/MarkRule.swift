package import GraderCore

/// The rule by which several markers' points become one mark.
package enum MarkRule: String, NamedChoice, Sendable {
  /// Their mean, rounded up to whole hundredths.
  case mean
  /// The one that was given last.
  case last
  /// The points they agree on; while they do not, the item waits.
  case agree

  /// The points for an item; nil while it waits.
  ///
  /// The marks are one for each marker, in the order in which they were given.
  package func settled(_ marks: [Points]) -> Points? {
    guard let last = marks.last else { return nil }
    switch self {
    case .last: return last
    case .agree: return marks.allSatisfy { $0 == last } ? last : nil
    case .mean:
      let mean = Double(marks.total.hundredths) / Double(marks.count)
      return Points(hundredths: Int(mean.rounded(.up)))
    }
  }
}
