import Glibc

/// Copies a small program to a folder, under a name that tells its version; returns the path.
package func copyProgram(_ path: String, to folder: String) throws(SandboxFault) -> String {
  let number = open(path, O_RDONLY | O_CLOEXEC)
  guard number >= 0 else { throw .system(call: "open \(path)", .last) }
  let source = Descriptor(owning: number)
  var status = stat()
  fstat(source.number, &status)
  let name = path.split(separator: "/").last ?? "program"
  let modified = status.st_mtim
  let copy = "\(folder)/\(name)-\(status.st_size)-\(modified.tv_sec)-\(modified.tv_nsec)"
  if access(copy, X_OK) == 0 { return copy }

  // Under a name of its own first: another thread may copy it too, or be about to run it.
  let unfinished = "\(copy)-\(UInt64.random(in: 0...UInt64.max))"
  let file = open(unfinished, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
  guard file >= 0 else { throw .system(call: "copy to \(copy)", .last) }
  let target = Descriptor(owning: file)
  var offset = 0
  while offset < status.st_size {
    let count = sendfile(target.number, source.number, &offset, status.st_size - offset)
    guard count > 0 else {
      unlink(unfinished)
      throw .system(call: "copy to \(copy)", .last)
    }
  }
  target.close()  // a program that is open for writing cannot be run
  guard chmod(unfinished, 0o755) == 0, rename(unfinished, copy) == 0 else {
    throw .system(call: "copy to \(copy)", .last)
  }
  return copy
}
