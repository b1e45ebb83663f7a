package import Foundation
import GraderCore
import Synchronization

/// The grader's temporary folders: each is locked by the process that made it for as long as that
/// lives, so that what a killed grader left is told from what another one works with.
enum TemporaryFolders {
  private static let name = "chainrule."

  private static let base = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"

  /// Removes what graders of this user left that are no more; once, before the first folder.
  private static let sweepOnce: Void = sweep()

  /// A new folder that nobody else can look into, and the descriptor that holds its lock.
  static func make() throws(GraderFault) -> (path: String, lock: Int32) {
    sweepOnce
    // It gets the name that is swept once it is locked.
    var template = Array("\(base)/new-\(name)XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw fault() }
    let fresh = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    let path = "\(base)/\(fresh.dropFirst(base.utf8.count + 1 + "new-".count))"
    let lock = open(fresh, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // A file system without locks, as some clusters have, can do without: nothing is swept there.
    if lock >= 0 { _ = flock(lock, LOCK_EX | LOCK_NB) }
    guard lock >= 0, rename(fresh, path) == 0 else {
      let fault = fault()
      close(lock)
      rmdir(fresh)
      throw fault
    }
    return (path, lock)
  }

  private static func fault() -> GraderFault {
    GraderFault(.cannot(.makeTemporaryFolderIn, base, .last))
  }

  private static func sweep() {
    for folder in Files.names(in: base) where folder.hasPrefix(name) {
      let path = "\(base)/\(folder)"
      let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      var facts = stat()
      guard fstat(descriptor, &facts) == 0, facts.st_uid == geteuid(),
        flock(descriptor, LOCK_EX | LOCK_NB) == 0
      else { continue }
      try? FileManager.default.removeItem(atPath: path)
    }
  }
}

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

  /// Does what must not be left half done; once the grader is interrupted it is not begun.
  static func whole<Value: ~Copyable, Failure: Error>(
    _ deed: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try folders.withLock { _ throws(Failure) in try deed() }
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
        // The lock is kept until the end, so that no thread makes another folder or file.
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
