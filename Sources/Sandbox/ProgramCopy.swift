import Glibc

/// Copies a small program to a folder, under a name that tells its version; returns the path.
package func copyProgram(_ path: String, to folder: String) throws(SandboxFault) -> String {
  let source = try Descriptor(opening: path, O_RDONLY)
  var status = stat()
  fstat(source.number, &status)
  let name = path.split(separator: "/").last ?? "program"
  let modified = status.st_mtim
  let copy = "\(folder)/\(name)-\(status.st_size)-\(modified.tv_sec)-\(modified.tv_nsec)"
  if access(copy, X_OK) == 0 { return copy }

  // Under another name first: another grader may be about to run it.
  let unfinished = "\(copy)-\(getpid())"
  unlink(unfinished)
  let target = try Descriptor(opening: unfinished, O_WRONLY | O_CREAT | O_EXCL)
  var offset = 0
  while offset < status.st_size {
    let count = sendfile(target.number, source.number, &offset, status.st_size - offset)
    guard count > 0 else { throw .system(call: "copy to \(copy)", .last) }
  }
  target.close()  // a program that is open for writing cannot be run
  guard chmod(unfinished, 0o755) == 0, rename(unfinished, copy) == 0 else {
    throw .system(call: "copy to \(copy)", .last)
  }
  return copy
}

extension Descriptor {
  fileprivate init(opening path: String, _ flags: Int32) throws(SandboxFault) {
    let number = open(path, flags | O_CLOEXEC, 0o600)
    guard number >= 0 else { throw .system(call: "open \(path)", .last) }
    self.init(owning: number)
  }
}
