import Glibc

/// A process and all below it, as the kernel tells of them.
enum ProcessTree {
  /// One thread, at this moment.
  struct Thread {
    var number: Int32
    /// The kernel's letter for its state; empty where it does not tell.
    var state: Substring
    /// Nanoseconds that it had the processor, and that it waited for it, since it began.
    var computed, queued: UInt64
  }

  /// All threads of some processes and of those below them; none where the kernel does not tell.
  static func threads(below roots: [Int32]) -> [Thread] {
    roots.flatMap(processes).flatMap { process in
      names(in: "/proc/\(process)/task").compactMap { name in
        guard let number = Int32(name) else { return nil }
        let folder = "/proc/\(process)/task/\(name)"
        return Thread(
          number,
          stat: text(of: "\(folder)/stat"),
          schedule: text(of: "\(folder)/schedstat")
        )
      }
    }
  }

  /// A process and those below it, parents first.
  static func processes(below root: Int32) -> [Int32] {
    [root]
      + names(in: "/proc/\(root)/task").flatMap { name in
        text(of: "/proc/\(root)/task/\(name)/children").split(separator: " ")
          .compactMap { Int32($0) }
      }.flatMap(processes)
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

extension ProcessTree.Thread {
  private static let nanosecondsPerTick =
    1_000_000_000 / UInt64(max(1, sysconf(Int32(_SC_CLK_TCK))))

  /// The state follows the name in parentheses, and the name may be anything.
  fileprivate init(_ number: Int32, stat: String, schedule: String) {
    let fields = stat.lastIndex(of: ")").map { stat[$0...].split(separator: " ").dropFirst() } ?? []
    let times = schedule.split(separator: " ").compactMap { UInt64($0) }
    let ticks = fields.dropFirst(11).prefix(2).compactMap { UInt64($0) }.reduce(0, +)
    self.number = number
    state = fields.first ?? ""
    // Not every kernel keeps the finer account.
    computed = max(times.first ?? 0, ticks * Self.nanosecondsPerTick)
    queued = times.dropFirst().first ?? 0
  }
}

/// The text of a small file; empty where it cannot be read.
func text(of path: String, atMost limit: Int = 4096) -> String {
  String(decoding: contents(of: path, atMost: limit), as: UTF8.self)
}

/// The bytes of a small file; none where it cannot be read.
func contents(of path: String, atMost limit: Int) -> [UInt8] {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { return [] }
  defer { close(file) }
  var bytes = [UInt8](repeating: 0, count: limit)
  var count = 0
  // The kernel gives some of its files page by page.
  while count < limit {
    let more = bytes[count...].withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
    if more <= 0 { break }
    count += more
  }
  return Array(bytes.prefix(count))
}
