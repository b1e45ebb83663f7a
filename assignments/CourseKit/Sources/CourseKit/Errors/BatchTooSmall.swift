/// A batch with too few samples for statistics over it.
public struct BatchTooSmall: Error, Equatable, CustomStringConvertible {
  /// The number of values per channel that were given.
  public let count: Int

  /// Records the number of values per channel.
  public init(count: Int) {
    self.count = count
  }

  /// The sentence of the slides' framework, with the count.
  public var description: String {
    "Expected more than 1 value per channel when training, got \(count)"
  }
}
