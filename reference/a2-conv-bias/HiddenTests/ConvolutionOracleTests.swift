import CourseKit
import XCTest

/// The vouchers for the reference of the convolution: the lecture's numbers, finite differences,
/// and counting.
final class ConvolutionOracleTests: XCTestCase {
  func testLecture() {
    let x = image([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])
    let cases: [(stride: (Int, Int), padding: (Int, Int), y: [[Double]])] = [
      ((1, 1), (0, 0), [[29, 35, 42], [18, 14, 10], [10, 14, 18]]),
      ((2, 2), (0, 0), [[29, 42], [10, 18]]),
      (
        (1, 1), (1, 1),
        [
          [3, 5, 8, 16, 8], [16, 29, 35, 42, 16], [14, 18, 14, 10, 0], [6, 10, 14, 18, 8],
          [1, 2, 3, 4, 0],
        ]
      ),
    ]
    for (stride, padding, y) in cases {
      let geometry = Geometry(
        n: 1,
        c: 1,
        o: 1,
        size: (4, 4),
        kernel: (2, 2),
        stride: stride,
        padding: padding
      )
      let convolution = Convolution(
        geometry,
        x: x,
        weight: image([[0, 1], [2, 3]]),
        bias: .zeros(1),
        dY: .zeros(shape: geometry.outputShape)
      )
      XCTAssertEqual(convolution.response(x, convolution.weight), image(y))
    }
  }

  /// Linear in each argument, so any step is exact but for rounding.
  func testGradientsAgreeWithDifferences() {
    var generator = Generator(seed: 1)
    for geometry in Geometry.plain.prefix(1) + Geometry.stridedAndPadded.suffix(2) {
      let it = Convolution(geometry, using: &generator)
      let reports = [
        checkGradient(
          of: { it.response(it.x, $0) },
          at: it.weight,
          named: "dWeight",
          tolerance: 1e-9,
          claimed: { it.gradWeight($0, it.x) }
        ),
        checkGradient(
          of: { it.response($0, it.weight) },
          at: it.x,
          named: "dX",
          tolerance: 1e-9,
          claimed: { it.gradInput($0, it.weight) }
        ),
        checkGradient(
          of: { it.response(it.x, it.weight) + $0.onChannels },
          at: it.bias,
          named: "dBias",
          tolerance: 1e-9,
          claimed: { $0.channelSum }
        ),
      ]
      for report in reports { XCTAssert(report.passed, "\(geometry): \(report)") }
    }
  }

  /// Walks the filter over the padded axis, one step at a time.
  func testPositionsAreCounted() {
    let sized = Geometry.sized + Geometry.sizedAndPadded + Geometry.sizedStridedAndPadded
    for geometry in Geometry.all + sized + [.loose, .looseOtherwise, .countless] {
      let (rows, columns) = geometry.outputSize
      XCTAssertEqual(rows, walk(geometry.size.0, geometry, \.0))
      XCTAssertEqual(columns, walk(geometry.size.1, geometry, \.1))
    }
  }

  private func walk(
    _ size: Int,
    _ geometry: Geometry,
    _ axis: KeyPath<(Int, Int), Int>
  ) -> Int {
    var (count, start) = (0, 0)
    while start + geometry.kernel[keyPath: axis] <= size + 2 * geometry.padding[keyPath: axis] {
      count += 1
      start += geometry.stride[keyPath: axis]
    }
    return count
  }

  private func image(_ rows: [[Double]]) -> Tensor<Double> {
    Tensor(shape: [1, 1, rows.count, rows[0].count], scalars: rows.flatMap(\.self))
  }
}
