/// The files of a listing that belong together: those that one person handed in at one time.
package struct Delivery: Equatable, Sendable {
  /// A file of a delivery.
  package struct File: Hashable, Sendable {
    /// Its path in the listing.
    package var path: String
    /// Its path as it was handed in.
    package var name: String
    /// Grows with the time of handing in, where the source tells.
    package var order: Int
    /// True if the source wrote it, and not the student.
    package var isOfTheSource: Bool

    package init(path: String, name: String, order: Int = 0, isOfTheSource: Bool = false) {
      self.path = path
      self.name = name
      self.order = order
      self.isOfTheSource = isOfTheSource
    }
  }

  /// A text that no two persons share, as far as the source tells.
  package var owner: String
  /// The source's name for the owner, to give results back under the same name.
  package var sourceID: String?
  /// The name by which people know it.
  package var label: String
  /// The guesses at the person, the best one first.
  package var claims: [Claim]
  /// The time at which it was handed in, by the source's clock.
  package var submittedAt: WallTime?
  /// True if the source calls it late; nil if it says nothing.
  package var isMarkedLate: Bool?
  /// The files that were handed in.
  package var files: [File]
  /// True if it is named otherwise than the rest of the listing.
  package var isStray = false

  package init(
    owner: String,
    sourceID: String? = nil,
    label: String,
    claims: [Claim],
    submittedAt: WallTime? = nil,
    isMarkedLate: Bool? = nil,
    files: [File] = []
  ) {
    self.owner = owner
    self.sourceID = sourceID
    self.label = label
    self.claims = claims
    self.submittedAt = submittedAt
    self.isMarkedLate = isMarkedLate
    self.files = files
  }
}
