package import Foundation

/// The plan of who handed in what, before anything is unpacked or graded.
package struct DownloadPlan: Codable, Equatable, Sendable {
  /// One hand-in, and where its archive comes from.
  package struct Item: Codable, Equatable, Sendable {
    /// The place of the content.
    package enum Content: Codable, Equatable, Sendable {
      /// In this file of the listing.
      case archive(Delivery.File)
      /// In loose files, which become an archive.
      case loose([Delivery.File])

      /// The name under which it was handed in; loose files are called as their delivery.
      func name(in delivery: Delivery) -> String {
        switch self {
        case .archive(let file): String(file.lastName)
        case .loose: "\(delivery.label).tar"
        }
      }
    }

    /// The owners and the time; the path is empty until the content is collected.
    package var attempt: Attempt
    /// The name by which people know the delivery.
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

  /// The kind that the listing was taken for; nil if nothing in it is a hand-in.
  package var kind: DownloadKind?
  /// The votes for that kind.
  package var votes: Recognition.Votes
  /// Everybody: the roster, or those who handed in.
  package var students: [Student]
  /// All attempts; those of one student are in the order of handing in.
  package var items: [Item]
  /// Further things that a person should know.
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
package struct SourceFacts: Codable, Equatable, Sendable {
  /// Everybody who handed it in together.
  package var people: [Person]
  /// The time at which it was handed in.
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
