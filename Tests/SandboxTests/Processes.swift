import Glibc
import Testing

/// Process numbers of misbehaving programs that carry the argument, launchers not counted.
func processes(withArgument argument: String) -> [String] {
  fileNames(of: "/proc").filter { name in
    guard Int(name) != nil, let file = fopen("/proc/\(name)/cmdline", "re") else { return false }
    defer { fclose(file) }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = fread(&buffer, 1, buffer.count, file)
    let words = buffer.prefix(count).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    return words.first?.contains("/jail-attacker") == true && words.contains(argument)
  }
}

/// The same, once there are so many.
func processes(withArgument argument: String, atLeast count: Int) throws -> [String] {
  for _ in 0..<2000 {
    let found = processes(withArgument: argument)
    if found.count >= count { return found }
    usleep(5000)
  }
  throw NoSuchProcesses(argument: argument)
}

/// Waits until none is left; false when some remain.
func noneIsLeft(withArgument argument: String) -> Bool {
  for _ in 0..<400 {
    if processes(withArgument: argument).isEmpty { return true }
    usleep(5000)
  }
  return false
}

struct NoSuchProcesses: Error {
  var argument: String
}
