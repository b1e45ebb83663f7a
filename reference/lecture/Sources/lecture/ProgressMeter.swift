internal import Foundation
internal import Synchronization

/// Says on standard error how far the work is: a bar with the time that is left on a terminal,
/// elsewhere a line when an experiment ends.
final class ProgressMeter: Sendable {
  private struct State {
    /// The share of each experiment that is done, and when it began.
    var done: [Int: Double] = [:]
    var began: [Int: ContinuousClock.Instant] = [:]
    var ended = 0
    var drawn = ContinuousClock.Instant.now - .seconds(1)
  }

  private let costs: [Double]
  private let start = ContinuousClock.now
  private let state = Mutex(State())
  private let isTerminal = isatty(STDERR_FILENO) == 1

  /// - Parameter costs: About how long each experiment takes, in seconds.
  init(_ costs: [Double]) { self.costs = costs }

  func begin(_ index: Int, name: String) {
    state.withLock { $0.began[index] = .now }
    update(index, fraction: 0, doing: name)
  }

  func update(_ index: Int, fraction: Double, doing: String) {
    let done: Double? = state.withLock { state in
      state.done[index] = min(max(fraction, 0), 1)
      guard isTerminal, state.drawn.duration(to: .now) > .milliseconds(100) else { return nil }
      state.drawn = .now
      return state.done.reduce(0) { $0 + costs[$1.key] * $1.value }
    }
    if let done { draw(share: done / max(costs.reduce(0, +), 1e-9), doing: doing) }
  }

  func end(_ index: Int, name: String) {
    let (ended, duration) = state.withLock { state in
      state.done[index] = 1
      state.ended += 1
      return (state.ended, state.began[index]?.duration(to: .now) ?? .zero)
    }
    let seconds = String(format: "%.1f", Self.seconds(duration))
    let line = "[\(ended)/\(costs.count)] \(name): \(seconds) s\n"
    put(isTerminal ? "\r\u{1b}[K" + line : line)
  }

  private func draw(share: Double, doing: String) {
    let elapsed = Self.seconds(start.duration(to: .now))
    let left = share > 0.01 ? " " + Self.clock(elapsed / share - elapsed) + " left" : ""
    let percent = String(format: "%3.0f %%", 100 * share)
    let columns = max(Self.columns, 20)
    let width = min(30, max(columns - 50, 5))
    let full = Int((share * Double(width)).rounded())
    let bar = String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
    put("\r\u{1b}[K" + String("\(bar) \(percent)\(left)  \(doing)".prefix(columns - 1)))
  }

  private func put(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }

  private static func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
  }

  /// Minutes and seconds: "1:05".
  static func clock(_ seconds: Double) -> String {
    let whole = Int(max(seconds, 0).rounded())
    return String(format: "%d:%02d", whole / 60, whole % 60)
  }

  private static var columns: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
      ? Int(size.ws_col) : 80
  }
}
