/// What a listing of hand-ins was taken for, and what it holds.
package struct Recognition: Codable, Equatable, Sendable {
  /// The kind that most of the listing speaks for; nil if nothing in it is a hand-in.
  package var kind: DownloadKind?
  /// How many of the topmost names speak for the kind, and how many there are.
  package var votes: Votes
  /// Everything that somebody handed in, in the order of the owners' names.
  package var deliveries: [Delivery]
  /// Files of the source's own about all of them.
  package var metadata: [String]
  /// What systems leave behind by themselves.
  package var litter: [String]
  /// What is named otherwise than the kind names hand-ins, and is no archive either.
  package var strangers: [String]

  /// How clear it is.
  package struct Votes: Codable, Equatable, Sendable {
    /// Those that are named as the kind names them.
    package var count: Int
    /// All that count.
    package var total: Int

    package init(count: Int, total: Int) {
      self.count = count
      self.total = total
    }
  }
}
