import CourseKit

/// All sizes of a convolution.
///
/// `n` samples, `c` input channels, `o` filters; pairs hold the number for the rows first.
struct Geometry {
  let n: Int
  let c: Int
  let o: Int
  let size: (Int, Int)
  let kernel: (Int, Int)
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

// Sizes that might be mistaken for each other differ, but for one geometry in each list that is
// square in all it can be: samples, channels and filters are as many, image and kernel have equal
// sides.
extension Geometry {
  static let plain = [
    Geometry(n: 2, c: 3, o: 4, size: (5, 7), kernel: (2, 3)),
    Geometry(n: 3, c: 2, o: 1, size: (8, 6), kernel: (3, 4)),
    Geometry(n: 3, c: 3, o: 3, size: (5, 5), kernel: (3, 3)),
    Geometry(n: 1, c: 4, o: 2, size: (4, 7), kernel: (1, 5)),
    Geometry(n: 5, c: 1, o: 3, size: (6, 3), kernel: (4, 2)),
  ]

  /// Of the fourth and fifth some windows lie wholly outside.
  static let padded = [
    Geometry(n: 2, c: 3, o: 4, size: (5, 7), kernel: (2, 3), padding: (1, 2)),
    Geometry(n: 3, c: 2, o: 1, size: (8, 6), kernel: (3, 4), padding: (2, 0)),
    Geometry(n: 3, c: 3, o: 3, size: (5, 5), kernel: (3, 3), padding: (1, 1)),
    Geometry(n: 1, c: 4, o: 2, size: (4, 7), kernel: (1, 5), padding: (3, 1)),
    Geometry(n: 5, c: 1, o: 3, size: (6, 3), kernel: (4, 2), padding: (0, 3)),
  ]

  /// All leave a rest on one axis at least; the fourth steps over rows.
  static let strided = [
    Geometry(n: 2, c: 3, o: 4, size: (8, 12), kernel: (3, 2), stride: (2, 3)),
    Geometry(n: 3, c: 2, o: 1, size: (9, 7), kernel: (2, 4), stride: (3, 2)),
    Geometry(n: 3, c: 3, o: 3, size: (8, 8), kernel: (3, 3), stride: (2, 2)),
    Geometry(n: 1, c: 4, o: 2, size: (7, 10), kernel: (1, 3), stride: (4, 1)),
    Geometry(n: 5, c: 1, o: 3, size: (7, 9), kernel: (4, 2), stride: (1, 3)),
  ]

  static let stridedAndPadded = [
    Geometry(n: 2, c: 3, o: 4, size: (8, 12), kernel: (3, 2), stride: (2, 3), padding: (1, 2)),
    Geometry(n: 3, c: 2, o: 1, size: (9, 7), kernel: (2, 4), stride: (3, 2), padding: (2, 0)),
    Geometry(n: 3, c: 3, o: 3, size: (8, 8), kernel: (3, 3), stride: (2, 2), padding: (1, 1)),
    Geometry(n: 1, c: 4, o: 2, size: (7, 10), kernel: (1, 3), stride: (4, 1), padding: (2, 1)),
    Geometry(n: 5, c: 1, o: 3, size: (7, 9), kernel: (4, 2), stride: (1, 3), padding: (0, 3)),
  ]

  static let all = plain + padded + strided + stridedAndPadded
}
