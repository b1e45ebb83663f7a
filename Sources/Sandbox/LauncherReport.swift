/// The launcher's words on its status descriptor, which no jailed program holds.
struct LauncherReport: Equatable {
  var enforcement: Enforcement?
  var fault: String?
  var end: End?

  struct End: Equatable {
    var waitStatus: Int32
    var wasKilled: Bool
    var cpuMicroseconds: Int
    var peakKibibytes: Int

    var ending: Outcome.Ending {
      let signal = waitStatus & 0x7f
      return signal == 0 ? .exited(code: (waitStatus >> 8) & 0xff) : .signaled(signal)
    }
  }

  init(_ text: String) {
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      let fields = Fields(words.dropFirst())
      switch words.first {
      case "ready": enforcement = Enforcement(fields)
      case "ended": end = End(words.dropFirst().first, fields)
      case "fault": fault = words.dropFirst(2).joined(separator: " ")
      default: break
      }
    }
  }
}

/// The `name=value` words of a line.
private struct Fields {
  private var values: [Substring: Substring] = [:]

  init(_ words: ArraySlice<Substring>) {
    for word in words {
      let pair = word.split(separator: "=", maxSplits: 1)
      if pair.count == 2 { values[pair[0]] = pair[1] }
    }
  }

  subscript(name: Substring) -> Substring? { values[name] }
  func number(_ name: Substring) -> Int? { values[name].flatMap { Int($0) } }
}

extension Enforcement {
  fileprivate init?(_ fields: Fields) {
    guard
      let versions = fields["landlock"]?.split(separator: "/").compactMap({ Int($0) }),
      versions.count == 2, let filter = fields["filter"], let user = fields.number("uid")
    else { return nil }
    self.init(
      landlockVersion: versions[0],
      kernelLandlockVersion: versions[1],
      filter: String(filter),
      user: UInt32(truncatingIfNeeded: user)
    )
  }
}

extension LauncherReport.End {
  fileprivate init?(_ status: Substring?, _ fields: Fields) {
    guard
      let status = status.flatMap({ Int32($0) }), let killed = fields.number("killed"),
      let cpu = fields.number("cpu"), let peak = fields.number("peak")
    else { return nil }
    self.init(
      waitStatus: status,
      wasKilled: killed != 0,
      cpuMicroseconds: cpu,
      peakKibibytes: peak
    )
  }
}
