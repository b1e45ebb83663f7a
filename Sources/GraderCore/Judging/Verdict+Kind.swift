extension Verdict {
  /// A verdict without its details; the raw value is its name in JSON.
  package enum Kind: String, CaseIterable, Codable, Sendable {
    case passed, partial, failed, crashed, timedOut, outOfMemory, badReply, pending, notRun

    /// True if it waits for a person.
    package var isPending: Bool {
      switch self {
      case .pending: true
      case .passed, .partial, .failed, .crashed, .timedOut, .outOfMemory, .badReply, .notRun: false
      }
    }

    /// True if points were lost.
    package var isLoss: Bool {
      switch self {
      case .partial, .failed, .crashed, .timedOut, .outOfMemory, .badReply, .notRun: true
      case .passed, .pending: false
      }
    }
  }

  /// The verdict without its details.
  package var kind: Kind {
    switch self {
    case .passed: .passed
    case .partial: .partial
    case .failed: .failed
    case .crashed: .crashed
    case .timedOut: .timedOut
    case .outOfMemory: .outOfMemory
    case .badReply: .badReply
    case .pending: .pending
    case .notRun: .notRun
    }
  }

  /// True if the code answered, and not rightly throughout.
  package var isWrongAnswer: Bool {
    switch self {
    case .failed, .partial: true
    case .passed, .crashed, .timedOut, .outOfMemory, .badReply, .pending, .notRun: false
    }
  }
}
