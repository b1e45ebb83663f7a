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
}

/// Work that began before anybody needs what comes of it, on a thread of its own.
///
/// What has begun ends, whoever asks: nothing is left half made behind the back of a fault.
final class Ahead<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, GraderFault>?>(nil)
  private let end = DispatchGroup()

  /// Begins some work.
  init(_ work: @escaping @Sendable () throws(GraderFault) -> Value) {
    end.enter()
    // A thread of the system's own: those of a queue are few, and these wait for one another.
    Thread.detachNewThread { [self] in
      let value = Result { () throws(GraderFault) in try work() }
      result.withLock { $0 = value }
      end.leave()
    }
  }

  /// Waits for the end.
  ///
  /// - Throws: What the work threw.
  func get() throws(GraderFault) -> Value {
    end.wait()
    guard let value = result.withLock({ $0 }) else { fatalError("the group waits for the result") }
    return try value.get()
  }
}
