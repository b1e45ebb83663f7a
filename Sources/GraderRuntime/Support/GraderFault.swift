import GraderCore

/// Our own fault: it withholds the grade, and is never written down as a score.
package struct GraderFault: Error, Equatable, Sendable {
  /// The kind of a fault, by the caller's remedy; the number is the exit status.
  package enum Kind: Int32, Sendable {
    /// The command line asks for something that makes no sense.
    case usage = 64
    /// Something that grading needs is missing on this machine.
    case unavailable = 69
    /// The grader or the course is broken.
    case broken = 70
    /// It may work another time.
    case temporary = 75
  }

  /// See `Kind`.
  package let kind: Kind
  /// The fault in words: the event, and its object.
  package let what: String
  /// The remedy; empty if nobody knows one.
  package let remedy: String

  /// A fault of this kind.
  package init(_ kind: Kind, _ what: String, remedy: String = "") {
    self.kind = kind
    self.what = what
    self.remedy = remedy
  }
}

extension GraderFault: CustomStringConvertible {
  /// Two sentences for a person.
  package var description: String { remedy.isEmpty ? what : "\(what)\n\(remedy)" }
}
