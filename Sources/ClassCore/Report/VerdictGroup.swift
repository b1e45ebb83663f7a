import GraderCore

/// Verdicts that a teacher tells apart at a glance; the raw value is the class in the page's style.
enum VerdictGroup: String, CaseIterable {
  case passed, partial, failed, broken, notRun, notJudged, pending

  /// Groups of what a machine judges, in the order of the bar's parts.
  static let judged = allCases.filter { $0 != .pending && $0 != .notJudged }

  var word: String {
    switch self {
    case .passed: "passed"
    case .partial: "partly right"
    case .failed: "wrong"
    case .broken: "stopped"
    case .notRun: "not run"
    case .notJudged: "not judged"
    case .pending: "waits for a person"
    }
  }
}

extension Verdict.Kind {
  /// The letter of an item that a submission has no verdict on.
  static let letterIfAbsent = UInt8(ascii: "-")

  /// One character for each verdict, which keeps the page small.
  var letter: UInt8 {
    switch self {
    case .passed: UInt8(ascii: "p")
    case .partial: UInt8(ascii: "h")
    case .failed: UInt8(ascii: "f")
    case .crashed: UInt8(ascii: "c")
    case .timedOut: UInt8(ascii: "t")
    case .outOfMemory: UInt8(ascii: "m")
    case .badReply: UInt8(ascii: "b")
    case .notRun: UInt8(ascii: "n")
    case .notJudged: UInt8(ascii: "j")
    case .pending: UInt8(ascii: "w")
    }
  }

  var group: VerdictGroup {
    switch self {
    case .passed: .passed
    case .partial: .partial
    case .failed: .failed
    case .crashed, .timedOut, .outOfMemory, .badReply: .broken
    case .notRun: .notRun
    case .notJudged: .notJudged
    case .pending: .pending
    }
  }
}
