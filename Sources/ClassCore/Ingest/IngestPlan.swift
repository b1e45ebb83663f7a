package import Foundation

/// Who handed in what, before anything is unpacked or graded.
package struct IngestPlan: Codable, Equatable, Sendable {
  /// One hand-in, and where its archive comes from.
  package struct Item: Codable, Equatable, Sendable {
    /// Where the content is.
    package enum Content: Codable, Equatable, Sendable {
      /// In this file of the listing.
      case archive(IngestEntry.File)
      /// In loose files, which become an archive.
      case loose([IngestEntry.File])

      /// How it was called when it was handed in; loose files are called as their entry.
      func name(in entry: IngestEntry) -> String {
        switch self {
        case .archive(let file): String(file.lastName)
        case .loose: "\(entry.label).tar"
        }
      }
    }

    /// Whose and when; its path is empty until the content is collected.
    package var attempt: Attempt
    /// What people call the entry.
    package var entry: String
    /// See `Content`.
    package var content: Content

    /// Grows with the time of handing in, where the source tells.
    var order: Int {
      guard case .archive(let file) = content else { return 0 }
      return file.order
    }

    package init(attempt: Attempt, entry: String, content: Content) {
      self.attempt = attempt
      self.entry = entry
      self.content = content
    }
  }

  /// What the listing was taken for; nil if nothing in it is a hand-in.
  package var kind: IngestKind?
  /// How clear that is.
  package var votes: Recognition.Votes
  /// Everybody: the roster, or those who handed in.
  package var students: [Student]
  /// All attempts; those of one student are in the order of handing in.
  package var items: [Item]
  /// What else there is to know.
  package var findings: [IngestFinding]

  package init(
    kind: IngestKind?,
    votes: Recognition.Votes,
    students: [Student],
    items: [Item],
    findings: [IngestFinding]
  ) {
    self.kind = kind
    self.votes = votes
    self.students = students
    self.items = items
    self.findings = findings
  }
}

/// What a plan rests on besides the listing.
package struct IngestContext: Sendable {
  /// Everybody in the class; nil takes each entry for a student.
  package var roster: Roster?
  /// What the source's own file says, by the owners of entries.
  package var facts: [String: SourceFacts]
  /// When the work was due.
  package var due: Date?
  /// The zone of the times in names.
  package var timeZone: TimeZone
  /// Whether a group's hand-in counts for all of its members.
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

/// What a source says about one entry in a file of its own, such as Gradescope's.
package struct SourceFacts: Codable, Equatable, Sendable {
  /// Everybody who handed it in together.
  package var people: [Person]
  /// When it was handed in.
  package var submittedAt: Date?

  package init(people: [Person], submittedAt: Date? = nil) {
    self.people = people
    self.submittedAt = submittedAt
  }

  /// Somebody as the source knows them.
  package struct Person: Codable, Equatable, Sendable {
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
