/// A cause outside a program for which its end says nothing about it.
package enum Disturbance: String, CaseIterable, Sendable {
  /// Somebody killed it.
  case killed
  /// The machine ran out of memory, and the system killed it to have some back.
  case machineOutOfMemory
  /// Somebody stopped it.
  case stopped
  /// It wanted the processor and did not get it.
  case starved
  /// It waited for a disk, or for memory that was on one.
  case blocked
  /// The grader itself did not get the processor, so nobody saw what it did.
  case unseen
}

/// The one behind a program's end.
package enum Cause: Equatable, Sendable {
  /// The program itself.
  case own
  /// By all that was seen the program itself; once is not enough to say so.
  case likelyOwn
  /// Something else.
  case disturbed(Disturbance)
}

/// The runs of one program on the same input, of which two alike decide.
package struct Attempts: Sendable {
  /// The consequence of the runs so far.
  package enum Decision: Equatable, Sendable {
    /// The last run stands.
    case stands
    /// It is to run again, alone.
    case again
    /// None stands.
    case withheld(Disturbance)
  }

  private var likelyOwn = 0
  private var disturbed = 0

  /// No run yet.
  package init() {}

  /// Takes in the cause of another run's end.
  package mutating func decision(after cause: Cause) -> Decision {
    switch cause {
    case .own: return .stands
    case .likelyOwn:
      likelyOwn += 1
      return likelyOwn < 2 ? .again : .stands
    case .disturbed(let disturbance):
      disturbed += 1
      return disturbed < 2 ? .again : .withheld(disturbance)
    }
  }
}
