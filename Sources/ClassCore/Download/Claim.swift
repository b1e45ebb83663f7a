/// A hint in a listing at who handed something in.
package struct Claim: Hashable, Sendable {
  /// The kind that the text is believed to be of.
  package enum Kind: String, Sendable {
    /// The name of the source for this person, such as Canvas's user id.
    case sourceID
    /// Moodle's number, which is a participant's or a team's.
    case participant
    /// The school's number of a student.
    case number
    /// A name to log in with, or an address.
    case login
    /// A person's name, or a group's, perhaps among other words.
    case name
    /// A text that may be, or hold, any of these but the source's own.
    case any
  }

  /// See `Kind`.
  package var kind: Kind
  /// The text as it stands in the listing.
  package var text: String
  /// The part of the listing that it is a reading of: claims of one field are alternatives, those
  /// of different fields have to agree.
  package var field: String

  /// A claim; without a field it is a reading of its own text.
  package init(_ kind: Kind, _ text: some StringProtocol, of field: String? = nil) {
    self.kind = kind
    self.text = String(text)
    self.field = field ?? String(text)
  }
}
