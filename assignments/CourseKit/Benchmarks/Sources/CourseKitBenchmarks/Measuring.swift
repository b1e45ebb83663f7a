/// The seconds of the fastest of many calls, which the machine's other work disturbs least.
func fastest(_ body: () throws -> Void) rethrows -> Double {
  var best = Double.infinity
  let end = now() + 1
  while now() < end {
    let start = now()
    try body()
    best = min(best, now() - start)
  }
  return best
}

/// Nanoseconds per call of something too short to be timed alone.
func perCall(_ body: () throws -> Void) rethrows -> Double {
  try fastest { for _ in 0..<1000 { try body() } } * 1e6
}

func report(_ what: String, _ value: Double, _ unit: String) {
  let rounded = (value * 100).rounded() / 100
  let padding = String(repeating: " ", count: max(0, 34 - what.count))
  print("  \(what)\(padding)\(rounded) \(unit)")
}

/// Tells whether this client was compiled with optimization: asserts vanish there.
func isOptimized() -> Bool {
  var optimized = true
  assert(
    {
      optimized = false
      return true
    }()
  )
  return optimized
}

private let start = ContinuousClock.now

private func now() -> Double { start.duration(to: .now) / .seconds(1) }
