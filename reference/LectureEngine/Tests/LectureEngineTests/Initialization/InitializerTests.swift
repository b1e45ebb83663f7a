import CourseKit
import LectureEngine
import XCTest

final class InitializerTests: XCTestCase {
  // Fans of a convolution `[out, in, k, k]`: 5 · 9 and 40 · 9. With 1,800 numbers the estimated
  // deviation is within 5 % (three times its own).
  func testDeviations() {
    let expected: [(Initializer, Double)] = [
      (.gaussian(scale: 0.01), 0.01), (.xavier, 1 / 45.0.squareRoot()),
      (.kaiming, (2 / 45.0).squareRoot()), (.glorot, (2 / 405.0).squareRoot()),
    ]
    for (initializer, deviation) in expected {
      var generator = Generator(seed: 16)
      let w: Tensor<Double> = initializer.weights(shape: [40, 5, 3, 3], using: &generator)
      let found = ((w - w.sum() / 1800).squared().sum() / 1799).squareRoot()
      XCTAssertEqual(found / deviation, 1, accuracy: 0.05, "\(initializer)")
    }
  }

  func testScalesAreThoseOfTheSlides() {
    // The same numbers from the generator, divided as the slides' code does.
    var (a, b) = (Generator(seed: 0), Generator(seed: 0))
    let w: Tensor<Float> = Initializer.xavier.weights(
      shape: [100, 50],
      inputs: 100,
      using: &a
    )
    XCTAssertEqual(w, b.normal(shape: [100, 50]) / 10)
    let k: Tensor<Float> = Initializer.kaiming.weights(shape: [10, 50], using: &a)
    XCTAssertEqual(k, b.normal(shape: [10, 50]) / 5)
  }

  func testConstantsDrawNothing() {
    var generator = Generator(seed: 17)
    let before = generator
    let zero: Tensor<Float> = Initializer.zero.weights(shape: [2, 3], using: &generator)
    let half: Tensor<Float> = Initializer.constant(0.5).weights(shape: [2, 3], using: &generator)
    XCTAssertEqual(zero, .zeros(2, 3))
    XCTAssertEqual(half, Tensor(repeating: 0.5, shape: [2, 3]))
    XCTAssertEqual(generator, before)
  }

  func testBiases() {
    var generator = Generator(seed: 18)
    var twin = generator
    let drawn: Tensor<Float> = Initializer.gaussian(scale: 2).biases(count: 4, using: &generator)
    XCTAssertEqual(drawn, twin.normal(shape: [4]) * 2)
    for initializer in [Initializer.zero, .xavier, .kaiming, .glorot] {
      XCTAssertEqual(initializer.biases(count: 4, using: &generator) as Tensor<Float>, .zeros(4))
    }
    XCTAssertEqual(
      Initializer.constant(3).biases(count: 2, using: &generator) as Tensor<Float>,
      Tensor([3, 3])
    )
  }
}
