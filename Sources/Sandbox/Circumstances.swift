import Glibc

extension JailReport {
  /// Tells whether the report was made of these programs, on this machine, and nothing has changed
  /// since.
  package func isCurrent(launcher: String, bubblewrap: String?) -> Bool {
    circumstances == .current(launcher: launcher, bubblewrap: bubblewrap)
      && access(self.launcher, X_OK) == 0
  }

  /// The circumstances of a report: cheap to find out, and equal as long as the report holds.
  struct Circumstances: Equatable, Sendable, Codable {
    /// Release and version of the kernel.
    var kernel: String
    /// Changes with each start of the machine.
    var boot: String
    /// The user that the grader runs as.
    var user: UInt32
    /// Identity of the launcher's and bubblewrap's files.
    var programs: [String]

    /// The circumstances of this moment.
    static func current(launcher: String, bubblewrap: String?) -> Circumstances {
      var name = utsname()
      uname(&name)
      let kernel =
        withUnsafeBytes(of: &name.release) { text($0) } + " "
        + withUnsafeBytes(of: &name.version) { text($0) }
      return Circumstances(
        kernel: kernel,
        boot: contents("/proc/sys/kernel/random/boot_id"),
        user: geteuid(),
        programs: [launcher, bubblewrap].compactMap { $0.map(identity) }
      )
    }
  }
}

private func text(_ bytes: UnsafeRawBufferPointer) -> String {
  String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
}

/// The first line's worth of a small file; empty when it cannot be read.
private func contents(_ path: String) -> String {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return "" }
  defer { close(file) }
  var buffer = [UInt8](repeating: 0, count: 256)
  let count = read(file, &buffer, buffer.count)
  return String(decoding: buffer.prefix(max(0, count)).prefix { $0 != 0x0A }, as: UTF8.self)
}

private func identity(_ path: String) -> String {
  var status = stat()
  guard stat(path, &status) == 0 else { return "\(path): missing" }
  let modified = status.st_mtim
  return "\(path): \(status.st_size) bytes of \(modified.tv_sec).\(modified.tv_nsec)"
}
