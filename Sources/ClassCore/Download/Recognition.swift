/// The kind that a listing of hand-ins was taken for, and its contents.
package struct Recognition: Equatable, Sendable {
  /// The kind that most of the listing speaks for; nil if nothing in it is a hand-in.
  package var kind: DownloadKind?
  /// The votes of the topmost names for the kind.
  package var votes: Votes
  /// Everything that somebody handed in, in the order of the owners' names.
  package var deliveries: [Delivery]
  /// Files of the source's own about all of them.
  package var metadata: [String]
  /// The files that systems leave behind by themselves.
  package var litter: [String]
  /// The files that are named otherwise than the kind names hand-ins, and are no archives either.
  package var strangers: [String]

  /// The votes of an election: those for the kind, and all.
  package struct Votes: Equatable, Sendable {
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
