import Foundation
import Synchronization
import Testing

@testable import GraderClass

@Suite struct WorkPoolTests {
  /// The order in which work of these lengths, in seconds, ends.
  private static func order(
    of lengths: [Double],
    jobs: Int,
    patience: Duration
  ) -> [Int] {
    var queue = Array(lengths.enumerated())[...]
    var ended: [Int] = []
    WorkPool<(Int, Double), Int>(jobs: jobs, patience: patience, interval: .milliseconds(20)).run(
      next: { queue.popFirst().map { ($0.offset, $0.element) } },
      perform: { work in
        Thread.sleep(forTimeInterval: work.1)
        return work.0
      },
      finished: { _, place in ended.append(place) },
      tick: { _ in }
    )
    return ended
  }

  @Test func workThatHangsDelaysNobody() {
    let patient = Self.order(of: [1.5, 0, 0, 0], jobs: 1, patience: .seconds(60))
    #expect(patient == [0, 1, 2, 3])
    let impatient = Self.order(of: [1.5, 0, 0, 0], jobs: 1, patience: .milliseconds(50))
    #expect(impatient == [1, 2, 3, 0])
  }

  @Test(arguments: [1, 3])
  func atMostSoManyAtOnce(jobs: Int) {
    let now = Mutex(0)
    let most = Mutex(0)
    var left = 12
    WorkPool<Int, Void>(jobs: jobs, patience: .seconds(60)).run(
      next: {
        left -= 1
        return left >= 0 ? left : nil
      },
      perform: { _ in
        let count = now.withLock { count in
          count += 1
          return count
        }
        most.withLock { $0 = max($0, count) }
        Thread.sleep(forTimeInterval: 0.02)
        now.withLock { $0 -= 1 }
      },
      finished: { _, _ in },
      tick: { _ in }
    )
    #expect(most.withLock { $0 } == jobs)
  }

  /// However much hangs, the machine is not flooded.
  @Test func hangingWorkIsBoundedToo() {
    let now = Mutex(0)
    var (left, most) = (8, 0)
    WorkPool<Int, Void>(jobs: 2, patience: .milliseconds(10), interval: .milliseconds(20)).run(
      next: {
        left -= 1
        return left >= 0 ? left : nil
      },
      perform: { _ in
        now.withLock { $0 += 1 }
        Thread.sleep(forTimeInterval: 0.3)
        now.withLock { $0 -= 1 }
      },
      finished: { _, _ in },
      tick: { most = max(most, $0.count) }
    )
    #expect(most == 4)
  }
}
