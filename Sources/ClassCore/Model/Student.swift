/// A person who hands in, as the class's lists know them.
package struct Student: Codable, Hashable, Sendable {
  /// The number or name that lists are joined on, in its normal form.
  package var id: String
  /// The name for people; empty if no list says it.
  package var name: String
  /// The address, if a list says it.
  package var email: String?
  /// The section or group, if a list says it.
  package var section: String?

  package init(id: String, name: String, email: String? = nil, section: String? = nil) {
    self.id = id
    self.name = name
    self.email = email
    self.section = section
  }
}
