import GraderCore
import Sandbox
import Synchronization

/// A worker's program, and the namespaces in which it runs.
///
/// Code that is not optimized is compiled in a fraction of the time and gives the same results.
/// Where a worker ends while it is asked, that may be for being slow or for the size of its frames;
/// and only optimized code bears the standard library's words for what went wrong. Then the same
/// code is asked optimized, and from then on only that.
final class WorkerProgram: Sendable {
  let executable: String
  let session: JailSession
  /// Names while compiled, and the paths in the hand-in.
  let renamings: [String: String]
  /// Holds the program.
  private let work: WorkFolder?
  private let optimize: (@Sendable () throws(GraderFault) -> WorkerProgram?)?
  /// The result of `optimize`; nil before.
  private let optimized = Mutex<WorkerProgram??>(nil)
  /// Held while it is made, so that it is made once and nobody who need not waits for it.
  private let making = Mutex(())

  /// A program in a `session` of the jail, or in a new one.
  ///
  /// The folder `work` lives as long as it. `optimize` makes the same program optimized, or gives
  /// nil if that does not compile; it is nil for a program that is optimized.
  init(
    _ executable: String,
    jail: Jail,
    session: JailSession? = nil,
    work: WorkFolder? = nil,
    renamings: [String: String] = [:],
    optimize: (@Sendable () throws(GraderFault) -> WorkerProgram?)? = nil
  ) {
    self.executable = executable
    self.session = session ?? JailSession(jail, executable: executable)
    (self.work, self.renamings, self.optimize) = (work, renamings, optimize)
  }

  /// True if nobody tried yet to make it optimized.
  var mayBeOptimized: Bool { optimize != nil && optimized.withLock { $0 == nil } }

  /// True if it is as fast and as small as it can be.
  var isOptimized: Bool { optimize == nil }

  /// The program to ask: the optimized one as soon as there is one.
  var latest: WorkerProgram { optimized.withLock { $0 ?? nil } ?? self }

  /// The same program optimized; itself where that does not compile.
  ///
  /// - Throws: The fault that stopped it; the next call tries again.
  func madeOptimized() throws(GraderFault) -> WorkerProgram {
    guard let optimize else { return self }
    return try making.withLock { _ throws(GraderFault) in
      if mayBeOptimized {
        let made = try optimize()
        optimized.withLock { $0 = .some(made) }
      }
      return latest
    }
  }
}
