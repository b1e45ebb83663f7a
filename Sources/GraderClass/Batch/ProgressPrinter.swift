package import ClassCore
import Foundation
package import GraderCore
import Synchronization

/// Tells a person how a run goes on: one line that changes on a terminal, plain lines elsewhere.
package final class ProgressPrinter: BatchProgress, Sendable {
  private let isTerminal: Bool
  private let started = SuspendingClock.now
  /// The state of the screen: true if a line that changes is on it, and the last tally.
  private let state = Mutex<(isDirty: Bool, tally: BatchTally?)>((false, nil))

  /// Writes to standard error.
  package init() {
    isTerminal = isatty(STDERR_FILENO) == 1
  }

  /// Seconds since the start.
  package var seconds: Double { (SuspendingClock.now - started) / .seconds(1) }

  package func update(_ tally: BatchTally, current: [BatchText.Current]) {
    state.withLock { state in
      state.tally = tally
      guard isTerminal else { return }
      state.isDirty = true
      let line = BatchText.status(tally, current: current, seconds: seconds, width: width)
      put("\r\u{1B}[K\(line)")
    }
  }

  package func finished(_ name: String, _ grade: Grade, _ tally: BatchTally, how: String) {
    guard !isTerminal else { return }
    note(BatchText.finished(name: name, grade: grade, tally: tally, how: how))
  }

  package func finished(_ withheld: BatchTally.Withheld, _ tally: BatchTally) {
    note(BatchText.finished(withheld, tally: tally))
  }

  package func note(_ text: String) {
    state.withLock { state in
      put(state.isDirty ? "\r\u{1B}[K\(text)\n" : "\(text)\n")
      state.isDirty = false
    }
  }

  /// Ends the line that changes.
  package func end() {
    state.withLock { state in
      if state.isDirty { put("\r\u{1B}[K") }
      state.isDirty = false
    }
  }

  /// Says the last words when the run is interrupted.
  package func lastWords() {
    let tally = state.withLock { $0.tally }
    end()
    guard let tally else { return }
    note("Interrupted: \(tally.done) of \(tally.total) done. The same command goes on from here.")
  }

  private var width: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 1 else { return 79 }
    return Int(size.ws_col) - 1
  }

  private func put(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
