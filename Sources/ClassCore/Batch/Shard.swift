/// One of several parts of a class that are graded on their own and merged later.
package struct Shard: Equatable, Sendable {
  /// The number of the part, from 1.
  package let index: Int
  /// The number of parts.
  package let count: Int

  /// A part by its number, which is one of them.
  package init(index: Int, of count: Int) {
    precondition((1...max(count, 1)).contains(index), "shard \(index) of \(count)")
    (self.index, self.count) = (index, count)
  }

  /// The part that a text such as `2/4` means; nil if it means none.
  package init?(_ text: String) {
    let numbers = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let index = numbers[0], let count = numbers[1],
      (1...max(count, 1)).contains(index), count >= 1
    else { return nil }
    self.init(index: index, of: count)
  }

  /// Tells whether the attempt at a place, from 0, belongs to this part.
  package func contains(place: Int) -> Bool { place % count == index - 1 }
}
