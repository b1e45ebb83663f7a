import Foundation
import Synchronization

/// Work on many pieces, a few at a time.
enum Concurrent {
  /// Works on every piece and waits for all.
  ///
  /// - Parameters:
  ///   - pieces: They are begun in this order.
  ///   - jobs: The number of pieces that are worked on at once.
  ///   - work: Works on one, on a thread of its own.
  /// - Returns: What came of each, in the same order.
  /// - Throws: The first piece's fault, once every piece was tried.
  static func map<Piece: Sendable, Value: Sendable, Failure: Error>(
    _ pieces: [Piece],
    jobs: Int,
    _ work: @Sendable (Piece) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    let next = Atomic(0)
    let results = Mutex<[Int: Result<Value, Failure>]>([:])
    DispatchQueue.concurrentPerform(iterations: min(jobs, pieces.count)) { _ in
      while true {
        let place = next.add(1, ordering: .relaxed).oldValue
        guard place < pieces.count else { return }
        let result = Result { () throws(Failure) in try work(pieces[place]) }
        results.withLock { $0[place] = result }
      }
    }
    var values: [Value] = []
    for (_, result) in results.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
      values.append(try result.get())
    }
    return values
  }

  /// Does two things at once, and waits for both.
  ///
  /// - Throws: The first's fault, or the second's.
  static func both<First: Sendable, Second: Sendable, Failure: Error>(
    _ first: @Sendable () throws(Failure) -> First,
    _ second: @Sendable () throws(Failure) -> Second
  ) throws(Failure) -> (First, Second) {
    let results = Mutex<(Result<First, Failure>?, Result<Second, Failure>?)>((nil, nil))
    DispatchQueue.concurrentPerform(iterations: 2) { place in
      if place == 0 {
        let result = Result(catching: first)
        results.withLock { $0.0 = result }
      } else {
        let result = Result(catching: second)
        results.withLock { $0.1 = result }
      }
    }
    guard case (let first?, let second?) = results.withLock({ $0 }) else {
      fatalError("concurrentPerform returns once both have ended")
    }
    return (try first.get(), try second.get())
  }
}
