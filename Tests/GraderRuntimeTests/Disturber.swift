import Foundation
import Synchronization

@testable import GraderRuntime

/// Sends each new process of a program the next of some signals, and then always the last one.
final class Disturber: Sendable {
  private let start: Data
  private let signals: [Int32]
  private let always: Int32?
  private let isOver = Mutex(false)

  /// A disturber of programs whose command line begins with these arguments.
  init(of arguments: String..., signals: [Int32] = [], always: Int32? = nil) {
    start = Data((arguments.joined(separator: "\0") + "\0").utf8)
    (self.signals, self.always) = (signals, always)
  }

  /// Disturbs them while something runs.
  func during<Value>(_ body: () throws -> Value) rethrows -> Value {
    Thread.detachNewThread { self.disturb() }
    defer { isOver.withLock { $0 = true } }
    return try body()
  }

  private func disturb() {
    var known: Set<pid_t> = []
    while !isOver.withLock({ $0 }) {
      for process in processes where !known.contains(process) {
        let signal = known.count < signals.count ? signals[known.count] : always
        known.insert(process)
        if let signal { kill(process, signal) }
      }
      usleep(2_000)
    }
  }

  private var processes: [pid_t] {
    Files.names(in: "/proc").compactMap { pid_t($0) }.filter { process in
      let line = try? Data(contentsOf: URL(filePath: "/proc/\(process)/cmdline"))
      return line?.starts(with: start) == true
    }
  }
}
