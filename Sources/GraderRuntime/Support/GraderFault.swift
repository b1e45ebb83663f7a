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

  /// The fault and its object, without words.
  package let fact: FaultFact

  /// The fault that a fact is.
  package init(_ fact: FaultFact) { self.fact = fact }

  /// A fault that no other place has, in its own words.
  package init(_ kind: Kind, _ what: String, remedy: String = "") {
    self.init(.other(kind, what, remedy: remedy))
  }

  /// See `Kind`.
  package var kind: Kind { FaultText.kind(of: fact) }
  /// A sentence that says what happened, and to what.
  package var what: String { FaultText.sentence(fact) }
  /// A sentence that says what to do; empty if nobody knows.
  package var remedy: String { FaultText.remedy(fact) }
}

extension GraderFault: CustomStringConvertible {
  /// Two sentences for a person.
  package var description: String { remedy.isEmpty ? what : "\(what)\n\(remedy)" }
}
