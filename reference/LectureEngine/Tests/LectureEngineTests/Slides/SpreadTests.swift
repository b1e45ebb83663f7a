import CourseKit
import LectureEngine
import XCTest

/// The spread of activations through layers, by initializer (S17 to S20).
final class SpreadTests: XCTestCase {
  /// The numbers on slides 17 to 19: mean and deviation of x, W, z and relu(z).
  private let slides: [[Double]] = [
    [0.04, 1.03, -0.00, 0.99, -0.17, 10.68, 3.96, 6.20],
    [0.04, 1.03, -0.00, 0.10, -0.02, 1.07, 0.40, 0.62],
    [-0.08, 1.10, -0.00, 0.14, -0.04, 1.60, 0.65, 0.99],
  ]

  func testOneLayerPrintsTheSlidesNumbers() throws {
    // All from seed 0; the third row is the third pair of draws without seeding again.
    var (first, second, third) = (Generator(seed: 0), Generator(seed: 0), Generator(seed: 0))
    let rows = [
      try layer(.gaussian(scale: 1), &first), try layer(.xavier, &second),
      try {
        for _ in 0..<2 { _ = try layer(.kaiming, &third) }
        return try layer(.kaiming, &third)
      }(),
    ]
    for (row, expected) in zip(rows, slides) {
      for (value, printed) in zip(row, expected) {
        XCTAssertEqual(value, printed, accuracy: 0.005 + 1e-9)
      }
    }
  }

  // The ledger's means over 3,000 draws; of 300 they are within 2 %.
  func testOneLayerInTheLongRun() throws {
    let expected: [(Initializer, [Double])] = [
      (.gaussian(scale: 1), [9.97, 3.99, 5.81]), (.xavier, [0.995, 0.397, 0.579]),
      (.kaiming, [1.41, 0.565, 0.821]),
    ]
    for (initializer, values) in expected {
      var generator = Generator(seed: 51)
      var sums = [0.0, 0, 0]
      for _ in 0..<300 {
        let row = try layer(initializer, &generator)
        for (i, column) in [5, 6, 7].enumerated() { sums[i] += row[column] / 300 }
      }
      for (sum, value) in zip(sums, values) {
        XCTAssertEqual(sum / value, 1, accuracy: 0.02, "\(initializer)")
      }
    }
  }

  // One draw against the ledger's: each layer adds a deviation of its own, of 6 % at 500 units and
  // √5 times that at 100.
  func testTenLayers() throws {
    try compare(
      width: 500,
      depths: [1, 2, 5, 10],
      [
        (.gaussian(scale: 0.01), [0.131, 0.0206, 8.1e-5, 7.9e-9]),
        (.xavier, [0.584, 0.412, 0.144, 0.0253]), (.kaiming, [0.825, 0.824, 0.806, 0.807]),
      ]
    )
    try compare(
      width: 100,
      depths: [1, 10],
      [
        (.gaussian(scale: 0.01), [0.0585, 2.6e-12]), (.xavier, [0.584, 0.0231]),
        (.kaiming, [0.827, 0.708]),
      ]
    )
  }

  private func compare(
    width: Int,
    depths: [Int],
    _ expected: [(Initializer, [Double])]
  ) throws {
    for (initializer, values) in expected {
      var generator = Generator(seed: 52)
      var z: Tensor<Double> = generator.normal(shape: [256, width])
      var deviations: [Double] = []
      for _ in 0..<10 {
        let weight: Tensor<Double> = initializer.weights(
          shape: [width, width],
          using: &generator
        )
        z = try ReLU()(Linear(weight: weight, bias: nil)(z))
        deviations.append(meanAndDeviation(z)[1])
      }
      for (depth, value) in zip(depths, values) {
        let accuracy = 0.06 * (Double(depth) * 500 / Double(width)).squareRoot()
        let ratio = deviations[depth - 1] / value
        XCTAssertEqual(ratio, 1, accuracy: accuracy, "\(width) \(initializer) \(depth)")
      }
    }
  }

  func testKaimingKeepsTheSecondMoment() throws {
    // S19: E[relu(z)²] = 1 with weights of variance 2/n.
    var generator = Generator(seed: 53)
    let x: Tensor<Double> = generator.normal(shape: [64, 1000])
    let weight: Tensor<Double> = Initializer.kaiming.weights(
      shape: [300, 1000],
      using: &generator
    )
    let z = try ReLU()(Linear(weight: weight, bias: nil)(x))
    XCTAssertEqual(z.squared().sum() / Double(z.count), 1, accuracy: 0.05)
  }

  /// Mean and deviation of x, W, z and relu(z) for one input to one layer of 100 units.
  private func layer(_ initializer: Initializer, _ generator: inout Generator) throws -> [Double] {
    let x: Tensor<Double> = generator.normal(shape: [1, 100])
    // As on the slides, a row for each input.
    let w: Tensor<Double> = initializer.weights(shape: [100, 100], inputs: 100, using: &generator)
    let z = try x.matmul(w)
    return try [x, w, z, ReLU()(z)].flatMap(meanAndDeviation)
  }

  /// The deviation with Bessel's correction, as the slides' framework prints it.
  private func meanAndDeviation(_ values: Tensor<Double>) -> [Double] {
    let n = Double(values.count)
    let mean = values.sum() / n
    return [mean, ((values - mean).squared().sum() / (n - 1)).squareRoot()]
  }
}
