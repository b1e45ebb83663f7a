/// The strength of a jail; the architecture page says what each level takes.
package enum JailLevel: String, Comparable, CaseIterable, Sendable, Codable {
  /// Nothing but limits and supervision.
  case unjailed = "none"
  /// Landlock, a filter of system calls, limits.
  case restricted = "L2"
  /// The same inside namespaces of its own.
  case isolated = "L3"

  /// Tells whether the left one is weaker.
  package static func < (left: JailLevel, right: JailLevel) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .unjailed: 0
    case .restricted: 2
    case .isolated: 3
    }
  }
}
