/// A hint in a listing at who handed something in.
package struct Claim: Hashable, Sendable {
  /// The kind that the text is believed to be of.
  package enum Kind: String, Sendable {
    /// The name of the source for this person, such as Canvas's user id.
    case sourceID
    /// The school's number of a student.
    case number
    /// A name to log in with, or an address.
    case login
    /// A person's name, or a group's.
    case name
    /// Any of these but the source's own.
    case any
    /// A part of a name that may be any of these; all such parts have to agree.
    case word
  }

  /// See `Kind`.
  package var kind: Kind
  /// The text as it stands in the listing.
  package var text: String

  package init(_ kind: Kind, _ text: some StringProtocol) {
    self.kind = kind
    self.text = String(text)
  }
}
