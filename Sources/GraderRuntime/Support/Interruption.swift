package import Foundation
import Synchronization

/// Interruption of the grader, which leaves nothing behind.
package enum Interruption {
  /// Temporary folders that are in use, and what holds their locks.
  private static let folders = Mutex<[String: Int32]>([:])

  /// The deed at an interruption, at most one: the last words of a long run.
  private static let lastWords = Mutex<(@Sendable () -> Void)?>(nil)

  /// Says what to do when the grader is interrupted; nil for nothing any more.
  package static func atInterruption(_ action: (@Sendable () -> Void)?) {
    lastWords.withLock { $0 = action }
  }

  /// Makes a temporary folder, and remembers it; once the grader is interrupted none is made.
  static func makeFolder(
    _ make: () throws(GraderFault) -> (path: String, lock: Int32)
  ) throws(GraderFault) -> String {
    try folders.withLock { folders throws(GraderFault) in
      let folder = try make()
      folders[folder.path] = folder.lock
      return folder.path
    }
  }

  static func hasRemoved(_ folder: String) {
    if let lock = folders.withLock({ $0.removeValue(forKey: folder) }) { close(lock) }
  }

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
        // The lock is kept until the end, so that no thread makes another folder.
        folders.withLock { folders in
          for folder in folders.keys { removeForGood(folder) }
          lastWords.withLock { $0 }?()
          _exit(130)
        }
      }
      source.resume()
      return source
    }
  }

  /// Removes a folder in which other threads and the jail may be writing still.
  private static func removeForGood(_ folder: String) {
    for _ in 0..<50 {
      try? FileManager.default.removeItem(atPath: folder)
      if !Files.exists(folder) { return }
      usleep(10_000)
    }
  }
}
