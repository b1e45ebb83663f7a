package import Foundation

/// The plan of who handed in what, before anything is unpacked or graded.
package struct DownloadPlan: Equatable, Sendable {
  /// The kind that the listing was taken for; nil if nothing in it is a hand-in.
  package var kind: DownloadKind?
  /// The votes for that kind.
  package var votes: Recognition.Votes
  /// Everybody: the roster, or those who handed in.
  package var students: [Student]
  /// All attempts; those of one student are in the order of handing in.
  package var attempts: [Attempt]
  /// Further things that a person should know.
  package var oddities: [Oddity]

  package init(
    kind: DownloadKind?,
    votes: Recognition.Votes,
    students: [Student],
    attempts: [Attempt],
    oddities: [Oddity]
  ) {
    self.kind = kind
    self.votes = votes
    self.students = students
    self.attempts = attempts
    self.oddities = oddities
  }
}

/// The knowledge besides the listing that a plan rests on.
package struct DownloadContext: Sendable {
  /// Everybody in the class; nil takes each delivery for a student.
  package var roster: Roster?
  /// The facts from the source's own file, by the owners of deliveries.
  package var facts: [String: SourceFacts]
  /// The time at which the work was due.
  package var due: Date?
  /// The zone of the times in names.
  package var timeZone: TimeZone
  /// True if a group's hand-in counts for all of its members.
  package var sharesInGroups: Bool

  package init(
    roster: Roster? = nil,
    facts: [String: SourceFacts] = [:],
    due: Date? = nil,
    timeZone: TimeZone = .current,
    sharesInGroups: Bool = true
  ) {
    self.roster = roster
    self.facts = facts
    self.due = due
    self.timeZone = timeZone
    self.sharesInGroups = sharesInGroups
  }
}

/// The facts about one delivery in a source's own file, such as Gradescope's.
package struct SourceFacts: Equatable, Sendable {
  /// Everybody who handed it in together.
  package var people: [Person]
  /// The time at which it was handed in.
  package var submittedAt: Date?
  /// The one whose word that is.
  package var timeOrigin: TimeOrigin

  package init(
    people: [Person],
    submittedAt: Date? = nil,
    timeOrigin: TimeOrigin = .source
  ) {
    self.people = people
    self.submittedAt = submittedAt
    self.timeOrigin = timeOrigin
  }

  /// Somebody as the source knows them.
  package struct Person: Equatable, Sendable {
    /// The name for people.
    package var name: String
    /// The school's number.
    package var number: String?
    /// The address.
    package var email: String?

    package init(name: String, number: String? = nil, email: String? = nil) {
      self.name = name
      self.number = number
      self.email = email
    }
  }
}
