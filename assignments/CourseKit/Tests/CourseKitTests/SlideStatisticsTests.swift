import CourseKit
import XCTest

/// The means and standard deviations that slides 17 to 19 print for one layer of 100 units.
final class SlideStatisticsTests: XCTestCase {
  private let slides: [[Double]] = [
    [0.04, 1.03, -0.00, 0.99, -0.17, 10.68, 3.96, 6.20],
    [0.04, 1.03, -0.00, 0.10, -0.02, 1.07, 0.40, 0.62],
    [-0.08, 1.10, -0.00, 0.14, -0.04, 1.60, 0.65, 0.99],
  ]

  func testRawXavierAndKaimingRows() throws {
    var generator = Generator(seed: 0)
    let (x, w) = draw(&generator)
    _ = draw(&generator)
    let (laterX, laterW) = draw(&generator)
    let rows = [
      try statistics(x, w),
      try statistics(x, w / 100.0.squareRoot()),
      try statistics(laterX, laterW / 50.0.squareRoot()),
    ]
    for (row, expected) in rows.indices.map({ (rows[$0], $0) }) {
      for column in row.indices {
        XCTAssertEqual(row[column], slides[expected][column], accuracy: 0.005 + 1e-9)
        XCTAssertEqual(
          row[column],
          GeneratorGoldens.layerStatistics[expected][column],
          accuracy: 2e-6
        )
      }
    }
  }

  private func draw(_ generator: inout Generator) -> (Tensor<Double>, Tensor<Double>) {
    let x: Tensor<Double> = generator.normal(shape: [1, 100])
    return (x, generator.normal(shape: [100, 100]))
  }

  private func statistics(_ x: Tensor<Double>, _ w: Tensor<Double>) throws -> [Double] {
    let z = try x.matmul(w)
    return [x, w, z, z.maximum(0)].flatMap { values -> [Double] in
      let n = Double(values.count)
      let mean = values.sum() / n
      return [mean, ((values - mean).squared().sum() / (n - 1)).squareRoot()]
    }
  }
}
