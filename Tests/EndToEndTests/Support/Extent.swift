import Foundation
import Synchronization
import Testing

/// The choice of slow cases that run: a sample of each kind, or all where the environment holds
/// `CHAINRULE_TESTS=all`.
///
/// The run's last line tells how many were left out; they count nowhere as passed.
enum Extent {
  static let isAll = ProcessInfo.processInfo.environment["CHAINRULE_TESTS"] == "all"

  private static let leftOut = Mutex(0)

  fileprivate static func leaveOut(_ count: Int) {
    guard count > 0 else { return }
    leftOut.withLock { known in
      if known == 0 { atexit { Extent.tell() } }
      known += count
    }
  }

  private static func tell() {
    let count = leftOut.withLock { $0 }
    print("Left out: \(count) slow cases, of which a sample ran; CHAINRULE_TESTS=all runs them.")
  }
}

extension Array {
  /// A test's cases: those at these places, or all.
  func sample(_ places: Int...) -> [Element] {
    if Extent.isAll { return self }
    Extent.leaveOut(count - places.count)
    return places.map { self[$0] }
  }
}

extension Trait where Self == ConditionTrait {
  /// Takes a test with so many cases out of the sample.
  static func beyondTheSample(cases: Int = 1) -> Self {
    .enabled("it is not in the sample; CHAINRULE_TESTS=all runs it") {
      if !Extent.isAll { Extent.leaveOut(cases) }
      return Extent.isAll
    }
  }
}
