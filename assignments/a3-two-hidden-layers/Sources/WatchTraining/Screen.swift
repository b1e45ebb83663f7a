import CourseKit

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(CRT)
  import CRT
#elseif canImport(WASILibc)
  import WASILibc
#endif

/// The line that moves while an epoch runs; only at a terminal.
struct ProgressLine {
  #if os(Windows)
    private let isTerminal = _isatty(_fileno(stdout)) != 0
  #else
    private let isTerminal = isatty(fileno(stdout)) == 1
  #endif

  func show(epoch: Int, step: Int, of steps: Int, loss: Double) {
    guard isTerminal else { return }
    let width = 30
    let done = width * step / max(steps, 1)
    let bar = String(repeating: "█", count: done) + String(repeating: "░", count: width - done)
    print(
      "\r\u{1b}[Kepoch \(epoch)  \(bar)  step \(step) of \(steps)  loss \(fixed(loss, 4))",
      terminator: ""
    )
    fflush(stdout)
  }

  func clear() {
    guard isTerminal else { return }
    print("\r\u{1b}[K", terminator: "")
    fflush(stdout)
  }
}

/// A curve in one line: each bar is the mean of some values, its height the root of their share of
/// `top`, so that small values show too.
func curve(_ values: [Double], top: Double, width: Int = 24) -> String {
  let bars = Array("▁▂▃▄▅▆▇█")
  let stretch = max(1, (values.count + width - 1) / width)
  let characters = stride(from: 0, to: values.count, by: stretch).map { start -> Character in
    let part = values[start..<min(start + stretch, values.count)]
    let share = part.reduce(0, +) / Double(part.count) / top
    guard share.isFinite, share >= 0 else { return "!" }
    return bars[min(bars.count - 1, Int(share.squareRoot() * Double(bars.count)))]
  }
  return String(characters)
}

/// A digit in characters, two rows of pixels a line.
func sketch(of image: Int, in digits: Digits) -> [String] {
  let shades = Array(" .:+#@")
  let pixels = Array(
    digits.pixels[image * digits.pixelsPerImage..<(image + 1) * digits.pixelsPerImage]
  )
  return stride(from: 0, to: digits.rows - 1, by: 2).map { row in
    String(
      (0..<digits.columns).map { column in
        let upper = Int(pixels[row * digits.columns + column])
        let lower = Int(pixels[(row + 1) * digits.columns + column])
        return shades[(upper + lower) * (shades.count - 1) / 510]
      }
    )
  }
}

/// A number with so many digits behind the point, or with few digits in all if it is large.
func fixed(_ value: Double, _ places: Int) -> String {
  var text = [CChar](repeating: 0, count: 40)
  let format = abs(value) < 1e6 ? "%.*f" : "%.*g"
  let length = withVaList([Int32(places), value]) { vsnprintf(&text, text.count, format, $0) }
  return String(decoding: text.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
