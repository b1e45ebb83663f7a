package import Foundation

/// Who handed in what, before anything is unpacked or graded.
package struct DownloadPlan: Codable, Equatable, Sendable {
  /// One hand-in, and where its archive comes from.
  package struct Item: Codable, Equatable, Sendable {
    /// Where the content is.
    package enum Content: Codable, Equatable, Sendable {
      /// In this file of the listing.
      case archive(Delivery.File)
      /// In loose files, which become an archive.
      case loose([Delivery.File])

      /// How it was called when it was handed in; loose files are called as their delivery.
      func name(in delivery: Delivery) -> String {
        switch self {
        case .archive(let file): String(file.lastName)
        case .loose: "\(delivery.label).tar"
        }
      }
    }

    /// Whose and when; its path is empty until the content is collected.
    package var attempt: Attempt
    /// What people call the delivery.
    package var delivery: String
    /// See `Content`.
    package var content: Content

    /// Grows with the time of handing in, where the source tells.
    var order: Int {
      guard case .archive(let file) = content else { return 0 }
      return file.order
    }

    package init(attempt: Attempt, delivery: String, content: Content) {
      self.attempt = attempt
      self.delivery = delivery
      self.content = content
    }
  }

  /// What the listing was taken for; nil if nothing in it is a hand-in.
  package var kind: DownloadKind?
  /// How clear that is.
  package var votes: Recognition.Votes
  /// Everybody: the roster, or those who handed in.
  package var students: [Student]
  /// All attempts; those of one student are in the order of handing in.
  package var items: [Item]
  /// What else there is to know.
  package var oddities: [Oddity]

  package init(
    kind: DownloadKind?,
    votes: Recognition.Votes,
    students: [Student],
    items: [Item],
    oddities: [Oddity]
  ) {
    self.kind = kind
    self.votes = votes
    self.students = students
    self.items = items
    self.oddities = oddities
  }
}

/// What a plan rests on besides the listing.
package struct DownloadContext: Sendable {
  /// Everybody in the class; nil takes each delivery for a student.
  package var roster: Roster?
  /// What the source's own file says, by the owners of deliveries.
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

/// What a source says about one delivery in a file of its own, such as Gradescope's.
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
