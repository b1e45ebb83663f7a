/// The kernel's account of memory that ran out.
package enum MemoryPressure {
  /// The number of processes that it killed since it started, to have their memory back; 0 where it
  /// does not tell.
  package static func kills() -> Int {
    let line = text(of: "/proc/vmstat", atMost: 1 << 18).split(separator: "\n").first {
      $0.hasPrefix("oom_kill ")
    }
    return line.flatMap { Int($0.dropFirst("oom_kill ".count)) } ?? 0
  }
}
