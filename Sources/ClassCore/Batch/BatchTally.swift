/// The progress of a run over a class.
package struct BatchTally: Codable, Equatable, Sendable {
  /// The number of attempts that the run is about.
  package var total: Int
  /// Entries that got a grade in this run.
  package var graded = 0
  /// Entries that got the grade of the same content.
  package var shared = 0
  /// Entries whose grade stood already.
  package var unchanged = 0
  /// Faults of ours that keep attempts from their grades, by the attempt's name.
  package var withheld: [Withheld] = []

  /// The number of hand-ins that could not be taken in, or are nobody's.
  package var unsettled = 0

  /// Remarks on archives for staff, by the attempt's name, of this run.
  package var notes: [Note] = []

  /// A remark on an archive.
  package struct Note: Codable, Equatable, Sendable {
    /// The attempt's name.
    package var name: String
    /// The remark.
    package var text: String

    /// A remark on the archive of an attempt.
    package init(name: String, text: String) { (self.name, self.text) = (name, text) }
  }

  /// A grade that cannot be given for now.
  package struct Withheld: Codable, Equatable, Sendable {
    /// The name of its owner.
    package var name: String
    /// The exit status of the fault's kind.
    package var kind: Int32
    /// The reason, in words.
    package var reason: String

    package init(name: String, kind: Int32, reason: String) {
      self.name = name
      self.kind = kind
      self.reason = reason
    }
  }

  package init(total: Int) {
    self.total = total
  }

  /// The number of attempts that are settled.
  package var done: Int { graded + shared + unchanged + withheld.count }

  /// The exit status of the run: that of the worst fault, else 65 if some hand-in could not be
  /// taken in or is nobody's.
  package var exitStatus: Int32 {
    let kinds = Set(withheld.map(\.kind))
    // What is broken needs a person; what is missing needs an installation; the rest passes.
    return [70, 69, 75].first(where: kinds.contains) ?? (unsettled > 0 ? 65 : 0)
  }
}
