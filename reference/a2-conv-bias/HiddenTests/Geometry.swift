import CourseKit

/// All sizes of a convolution.
///
/// `n` samples, `c` input channels, `o` filters; pairs hold the number for the rows first.
struct Geometry {
  var n: Int
  var c: Int
  var o: Int
  var size: (Int, Int)
  var kernel: (Int, Int)
  var stride = (1, 1)
  var padding = (0, 0)

  /// An output position, a tap and an input position that belong together, along one axis.
  struct Meeting {
    let output: Int
    let tap: Int
    let input: Int
  }

  var rows: [Meeting] { meetings(size.0, kernel.0, stride.0, padding.0) }
  var columns: [Meeting] { meetings(size.1, kernel.1, stride.1, padding.1) }

  var outputSize: (Int, Int) {
    (
      positions(size.0, kernel.0, stride.0, padding.0).count,
      positions(size.1, kernel.1, stride.1, padding.1).count
    )
  }

  var inputShape: [Int] { [n, c, size.0, size.1] }
  var weightShape: [Int] { [o, c, kernel.0, kernel.1] }
  var outputShape: [Int] { [n, o, outputSize.0, outputSize.1] }

  /// The places of the filter's first tap.
  private func positions(_ size: Int, _ kernel: Int, _ step: Int, _ padding: Int) -> [Int] {
    Array(Swift.stride(from: -padding, through: size + padding - kernel, by: step))
  }

  private func meetings(_ size: Int, _ kernel: Int, _ step: Int, _ padding: Int) -> [Meeting] {
    let starts = positions(size, kernel, step, padding)
    return (0..<size).flatMap { input in
      starts.enumerated().compactMap { output, start in
        let tap = input - start
        return (0..<kernel).contains(tap) ? Meeting(output: output, tap: tap, input: input) : nil
      }
    }
  }
}
