public import CourseKit

/// The order in which an epoch goes through the samples, batch by batch; the last may be shorter.
public struct Batches: Sequence, Sendable {
  /// The samples' indices, in the order of the epoch.
  public let order: [Int]
  /// The number of samples in a batch.
  public let size: Int

  /// Batches in the order of the indices, for evaluation.
  ///
  /// - Precondition: `size` is positive and `count` not negative.
  public init(of count: Int, size: Int) { self.init(order: Array(0..<count), size: size) }

  /// Batches in the order in which the slides' framework shuffles them.
  ///
  /// At the start of every epoch its loader draws a number that it does not use, and one that seeds
  /// another generator, whose permutation is the order.
  ///
  /// - Precondition: `size` is positive and `count` not negative.
  public init(of count: Int, size: Int, shuffledBy generator: inout CourseKit.Generator) {
    _ = generator.integer63()
    var shuffler = CourseKit.Generator(seed: generator.integer63())
    self.init(order: shuffler.permutation(count), size: size)
  }

  private init(order: [Int], size: Int) {
    precondition(size > 0, "a batch of \(size)")
    self.order = order
    self.size = size
  }

  /// The number of batches.
  public var count: Int { (order.count + size - 1) / size }

  /// Walks through the batches; each is the indices of its samples.
  public func makeIterator() -> AnyIterator<[Int]> {
    var start = 0
    return AnyIterator {
      guard start < order.count else { return nil }
      defer { start += size }
      return Array(order[start..<Swift.min(start + size, order.count)])
    }
  }
}
