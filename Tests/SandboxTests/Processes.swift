import Glibc
import Testing

/// Process numbers of misbehaving programs that carry the argument.
func processes(withArgument argument: String) -> [String] {
  commandLines().filter {
    $0.words.first?.contains("/jail-attacker") == true && $0.words.contains(argument)
  }.map(\.process)
}

/// Process numbers of what stands in front of them.
func launchers(withArgument argument: String) -> [pid_t] {
  commandLines().filter {
    $0.words.first?.contains("/jail-attacker") == false && $0.words.contains(argument)
  }.compactMap { pid_t($0.process) }
}

private func commandLines() -> [(process: String, words: [String])] {
  fileNames(of: "/proc").compactMap { name in
    guard Int(name) != nil, let file = fopen("/proc/\(name)/cmdline", "re") else { return nil }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 8192)
    let count = fread(&buffer, 1, buffer.count, file)
    return (
      name, buffer.prefix(count).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    )
  }
}

/// The same, once there are so many.
func processes(withArgument argument: String, atLeast count: Int) throws -> [String] {
  for _ in 0..<60_000 {
    let found = processes(withArgument: argument)
    if found.count >= count { return found }
    usleep(5000)
  }
  throw NoSuchProcesses(argument: argument)
}

/// Waits until none is left; false when some remain.
func noneIsLeft(withArgument argument: String) -> Bool {
  for _ in 0..<12_000 {
    if processes(withArgument: argument).isEmpty { return true }
    usleep(5000)
  }
  return false
}

struct NoSuchProcesses: Error {
  var argument: String
}
