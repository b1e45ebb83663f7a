import Foundation
import GraderCore

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
    GraderFault(
      .temporary,
      "Cannot make a temporary folder in \(base): \(String(cString: strerror(errno))).",
      remedy: "Free some space, or set TMPDIR to a folder that you may write to."
    )
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
