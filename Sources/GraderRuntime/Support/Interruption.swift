package import Foundation
import Synchronization

/// What an interrupted grader leaves behind: nothing.
package enum Interruption {
  /// Temporary folders that are in use.
  private static let folders = Mutex<Set<String>>([])

  /// What to do at an interruption, at most one thing: the last words of a long run.
  private static let lastWords = Mutex<(@Sendable () -> Void)?>(nil)

  /// Says what to do when the grader is interrupted; nil for nothing any more.
  package static func atInterruption(_ action: (@Sendable () -> Void)?) {
    lastWords.withLock { $0 = action }
  }

  static func willUse(_ folder: String) { folders.withLock { _ = $0.insert(folder) } }
  static func hasRemoved(_ folder: String) { folders.withLock { _ = $0.remove(folder) } }

  /// Makes Ctrl-C and a request to end remove temporary folders, and end with status 130.
  ///
  /// Programs in the jail need no care: their supervisors see the grader go and kill them.
  ///
  /// - Returns: What listens; it does so for as long as it is kept.
  package static func listen() -> [any DispatchSourceSignal] {
    [SIGINT, SIGTERM].map { number in
      // An empty handler and not SIG_IGN, which the programs that are started would inherit.
      signal(number) { _ in }
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        for folder in folders.withLock({ $0 }) { Files.remove(folder) }
        lastWords.withLock { $0 }?()
        _exit(130)
      }
      source.resume()
      return source
    }
  }
}
