import CourseKit
import XCTest

/// The example of README.md, and the shapes that its comments state.
final class ReadmeTests: XCTestCase {
  func testTheExample() throws {
    var generator = Generator(seed: 0)
    let x: Tensor<Double> = generator.normal(shape: [64, 3])
    let w: Tensor<Double> = generator.normal(shape: [3, 2])

    let z = try x.matmul(w)
    XCTAssertEqual(z.shape, [64, 2])
    let mean = z.mean(axis: 0)
    XCTAssertEqual(mean.shape, [2])
    let centered = z - mean
    XCTAssertEqual(centered.shape, [64, 2])
    let activations = centered.maximum(0)
    XCTAssertEqual(activations.shape, [64, 2])

    let report = try checkGradient(
      of: { try x.matmul($0) },
      at: w,
      named: "dW",
      claimed: { dZ in
        try x.matmul(dZ, transposing: .left)
      }
    )
    XCTAssert(report.passed, report.explanation)
    XCTAssert("\(report)".hasPrefix("dW agrees with finite differences"))
  }
}
