import CourseKit
import CourseKitKernels
import Foundation
import XCTest

/// The pool of threads: every index of a loop is done once, whoever does it.
final class ThreadsTests: XCTestCase {
  override func tearDown() { ck_use_threads(1) }

  /// A loop's counts, one for each index, and the slots that were seen.
  private final class Tally {
    let counts: UnsafeMutablePointer<Int32>
    let size: Int
    var worstSlot = 0
    let lock = NSLock()
    var nested: Tally?

    init(_ size: Int) {
      self.size = size
      counts = .allocate(capacity: max(size, 1))
      counts.initialize(repeating: 0, count: max(size, 1))
    }

    deinit { counts.deallocate() }

    func run(grain: Int) {
      ck_share(
        size,
        grain,
        { context, slot, first, end in
          guard let context else { return }
          let tally = Unmanaged<Tally>.fromOpaque(context).takeUnretainedValue()
          for index in first..<end { tally.counts[index] += 1 }
          tally.lock.lock()
          tally.worstSlot = max(tally.worstSlot, slot)
          tally.nested?.run(grain: 1)
          tally.lock.unlock()
        },
        Unmanaged.passUnretained(self).toOpaque()
      )
    }

    var isComplete: Bool { (0..<size).allSatisfy { counts[$0] == 1 } }
  }

  func testEveryIndexIsDoneOnce() {
    for threads in [1, 2, 3, 7, 2, 1, 4] {
      ck_use_threads(threads)
      for size in [0, 1, 2, 5, 64, 1000] {
        for grain in [1, 3, 100] {
          for _ in 0..<20 {
            let tally = Tally(size)
            tally.run(grain: grain)
            XCTAssert(tally.isComplete, "\(size) by \(grain) on \(threads)")
            XCTAssertLessThan(tally.worstSlot, threads)
          }
        }
      }
    }
  }

  #if canImport(Glibc)
    /// As in a jail: there is no stack to be had for another thread.
    func testThreadsThatTheSystemRefusesAreDoneWithout() throws {
      typealias SetDefault = @convention(c) (UnsafePointer<pthread_attr_t>) -> Int32
      let symbol = try XCTUnwrap(dlsym(nil, "pthread_setattr_default_np"))
      let setDefault = unsafeBitCast(symbol, to: SetDefault.self)
      var (attributes, usual) = (pthread_attr_t(), 0)
      pthread_attr_init(&attributes)
      pthread_attr_getstacksize(&attributes, &usual)
      func setStack(_ size: Int) -> Int32 {
        pthread_attr_setstacksize(&attributes, size)
        return setDefault(&attributes)
      }
      XCTAssertEqual(setStack(1 << 47), 0)
      defer { XCTAssertEqual(setStack(usual), 0) }
      var thread = pthread_t()
      XCTAssertNotEqual(pthread_create(&thread, nil, { _ in nil }, nil), 0, "it refuses none")

      // More than any other test has started.
      ck_use_threads(40)
      for size in [1, 64, 1000] {
        let tally = Tally(size)
        tally.run(grain: 1)
        XCTAssert(tally.isComplete, "\(size)")
      }

      // It is not asked again for every loop, but once more when a program asks for threads.
      XCTAssertEqual(setStack(usual), 0)
      let before = try threadsOfTheProcess()
      Tally(1000).run(grain: 1)
      XCTAssertLessThan(try threadsOfTheProcess(), before + 20)
      ck_use_threads(40)
      Tally(1000).run(grain: 1)
      XCTAssertGreaterThan(try threadsOfTheProcess(), before + 20)
    }

    private func threadsOfTheProcess() throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
    }
  #endif

  /// The beginnings of all slots that came; a part lasts until all have come, or for a while.
  private final class Beginnings {
    private let condition = NSCondition()
    private var all: [Int: Int] = [:]
    private let patience = Date(timeIntervalSinceNow: 20)

    func note(_ slot: Int, _ first: Int, of slots: Int) {
      condition.lock()
      if all[slot] == nil { all[slot] = first }
      condition.broadcast()
      while all.count < slots && condition.wait(until: patience) {}
      condition.unlock()
    }

    /// Of a loop over 300, on three threads.
    static func ofALoop() -> [Int: Int] {
      let beginnings = Beginnings()
      ck_share(
        300,
        1,
        { context, slot, first, _ in
          guard let context else { return }
          Unmanaged<Beginnings>.fromOpaque(context).takeUnretainedValue().note(slot, first, of: 3)
        },
        Unmanaged.passUnretained(beginnings).toOpaque()
      )
      return beginnings.all
    }
  }

  /// A thread gets in the next loop what its processor has in its cache of the one before.
  func testASlotBeginsWithTheSameShareOfEveryLoop() {
    ck_use_threads(3)
    for _ in 0..<10 { XCTAssertEqual(Beginnings.ofALoop(), [0: 0, 1: 100, 2: 200]) }
  }

  func testALoopInsideAnotherRunsToo() {
    ck_use_threads(3)
    let (outer, inner) = (Tally(1), Tally(50))
    outer.nested = inner
    outer.run(grain: 1)
    XCTAssert(outer.isComplete && inner.isComplete)
  }

  func testTwoThreadsCanLoopAtOnce() {
    ck_use_threads(3)
    let tallies = (0..<40).map { _ in Tally(500) }
    let all = UncheckedTallies(tallies)
    DispatchQueue.concurrentPerform(iterations: 40) { all.run($0) }
    XCTAssert(tallies.allSatisfy(\.isComplete))
  }

  /// Each thread takes one of them, so that nothing is shared.
  private struct UncheckedTallies: @unchecked Sendable {
    let all: [Tally]
    init(_ all: [Tally]) { self.all = all }
    func run(_ index: Int) { all[index].run(grain: 10) }
  }

  func testProductsHaveTheSameBits() throws {
    var generator = Generator(seed: 5)
    for (m, n, k) in [(300, 130, 70), (8, 784, 500), (130, 500, 9), (64, 64, 300)] {
      let a: Tensor<Float> = generator.normal(shape: [m, k])
      let b: Tensor<Float> = generator.normal(shape: [k, n])
      ck_use_threads(1)
      let alone = try a.matmul(b)
      for threads in [2, 3, 8] {
        ck_use_threads(threads)
        XCTAssertEqual(try a.matmul(b), alone)
        XCTAssertEqual(try a.transposed().matmul(b, transposing: .left), alone)
        XCTAssertEqual(try a.matmul(b.transposed(), transposing: .right), alone)
      }
    }
  }

  func testElementsAndSumsHaveTheSameBits() {
    var generator = Generator(seed: 6)
    let x: Tensor<Float> = generator.normal(shape: [300, 401])
    let row: Tensor<Float> = generator.normal(shape: [401])
    func results() -> [Tensor<Float>] {
      [x + x, x * row, x - 1, x.exp(), x.sum(axis: 1), x.sum(axis: 0), x.squared()]
    }
    ck_use_threads(1)
    let alone = results()
    ck_use_threads(3)
    XCTAssertEqual(results(), alone)
  }
}
