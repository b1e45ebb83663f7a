import Glibc

/// The kernel's account of memory that ran out.
package enum MemoryPressure {
  private static let counter = "\noom_kill "

  /// The number of processes that it killed since it started, to have their memory back; 0 where it
  /// does not tell.
  package static func kills() -> Int {
    // Each test asks twice, and there are two hundred lines.
    let account = contents(of: "/proc/vmstat", atMost: 1 << 16) + [0]
    return account.withUnsafeBufferPointer { bytes in
      bytes.withMemoryRebound(to: CChar.self) { text in
        guard let start = text.baseAddress, let line = strstr(start, counter) else { return 0 }
        return Int(strtol(line + counter.utf8.count, nil, 10))
      }
    }
  }
}
