import Glibc

/// A process and all below it, as the kernel tells of them.
package enum ProcessTree {
  /// Finds out whether a thread of the process, or of one below it, has the processor or waits for
  /// it.
  ///
  /// False where the kernel does not tell.
  package static func isComputing(from root: Int32) -> Bool {
    var left = [root]
    while let process = left.popLast() {
      for thread in names(in: "/proc/\(process)/task") {
        let folder = "/proc/\(process)/task/\(thread)"
        if isRunning(stat: text(of: "\(folder)/stat")) { return true }
        left += text(of: "\(folder)/children").split(separator: " ").compactMap { Int32($0) }
      }
    }
    return false
  }

  /// The state follows the name in parentheses, and the name may be anything.
  private static func isRunning(stat: String) -> Bool {
    guard let name = stat.lastIndex(of: ")") else { return false }
    return stat[name...].hasPrefix(") R")
  }

  private static func text(of path: String) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(file, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }
}
