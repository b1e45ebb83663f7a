import CourseKit
import LectureEngine
import XCTest

final class ActivationTests: XCTestCase {
  private var input: Tensor<Double> {
    var generator = Generator(seed: 3)
    return generator.normal(shape: [4, 5]) * 2
  }

  func testGradients() throws {
    XCTAssertEqual(try gradientErrors(of: ReLU(), at: input), [])
    XCTAssertEqual(try gradientErrors(of: LeakyReLU(slope: 0.2), at: input), [])
    XCTAssertEqual(try gradientErrors(of: Sigmoid(), at: input), [])
    XCTAssertEqual(try gradientErrors(of: Tanh(), at: input), [])
    XCTAssertEqual(try gradientErrors(of: Tanh.scaled, at: input), [])
    XCTAssertEqual(try gradientErrors(of: GELU(), at: input), [])
    XCTAssertEqual(try gradientErrors(of: GELU(.tanh), at: input), [])
    XCTAssertEqual(try gradientErrors(of: Softmax(), at: input), [])
  }

  func testReLUPassesTheGradientAtExactlyZero() throws {
    let relu = ReLU<Float>()
    let (output, cache) = try relu.forward(Tensor([-1, -0.0, 0, 2]), mode: .training)
    XCTAssertEqual(output, Tensor([0, 0, 0, 2]))
    let passed = try relu.backward(Tensor([5, 6, 7, 8]), cache: cache).dInput
    XCTAssertEqual(passed, Tensor([0, 6, 7, 8]), "the slides' mask is z < 0 -> 0")
  }

  // Values from the definitions, by the system's functions in double precision.
  func testValues() throws {
    let x = [-3, -0.7, 0, 0.3, 2.5]
    let values = Tensor(x)
    assertClose(try LeakyReLU(slope: 0.1)(values), x.map { $0 < 0 ? 0.1 * $0 : $0 })
    assertClose(try Sigmoid()(values), x.map { 1 / (1 + exp(-$0)) })
    assertClose(try Tanh.scaled(values), x.map { 1.7159 * tanh(2 * $0 / 3) })
    assertClose(try GELU()(values), x.map { $0 * erfc(-$0 / 2.0.squareRoot()) / 2 })
    let root = (2 / Double.pi).squareRoot()
    assertClose(
      try GELU(.tanh)(values),
      x.map { $0 / 2 * (1 + tanh(root * ($0 + 0.044715 * pow($0, 3)))) }
    )
  }

  // Single precision has its own code. Bounds: a few units in the last place of the result or of 1.
  func testSinglePrecisionAgreesWithDouble() throws {
    let x = Tensor((-1200...1200).map { Float($0) / 100 })
    XCTAssertLessThan(try difference(Sigmoid(), Sigmoid(), x), 3e-7)
    XCTAssertLessThan(try difference(Tanh(), Tanh(), x), 3e-7)
    XCTAssertLessThan(try difference(GELU(), GELU(), x), 6e-7)
    XCTAssertLessThan(try difference(GELU(.tanh), GELU(.tanh), x), 6e-7)
  }

  func testLargeInputsDoNotOverflow() throws {
    for size in [40.0, 200, 1e4, 1e30] {
      let x = Tensor([-size, size])
      XCTAssertEqual(try Sigmoid()(x), Tensor([1 / (1 + exp(size)), 1]))
      XCTAssertEqual(try GELU()(x), Tensor([-0.0, size]))
      XCTAssertEqual(try GELU(.tanh)(x), Tensor([-0.0, size]))
      let single = x.converted(to: Float.self)
      XCTAssertEqual(try Tanh()(single), Tensor([-1, 1]))
      XCTAssertEqual(try GELU()(single), Tensor([-0.0, Float(size)]))
      XCTAssertEqual(try slopes(GELU<Float>(), single), Tensor([0, 1]))
      XCTAssertEqual(try slopes(GELU<Float>(.tanh), single), Tensor([0, 1]))
      XCTAssertEqual(try slopes(GELU<Double>(), x).scalars[1], 1)
    }
  }

  func testNaNStaysWhereItIsAndEmptyStaysEmpty() throws {
    let layers: [any Layer<Float>] = [
      ReLU(), LeakyReLU(), Sigmoid(), Tanh(), GELU(), GELU(.tanh),
    ]
    for layer in layers {
      let output = try layer(Tensor([1, .nan, 2])).scalars
      XCTAssertEqual(output.map(\.isNaN), [false, true, false], "\(layer)")
      XCTAssertEqual(try layer(.zeros(0, 4)), .zeros(0, 4), "\(layer)")
    }
  }

  func testBackwardRefusesAnotherShape() throws {
    let (_, cache) = try ReLU<Float>().forward(.zeros(2, 3), mode: .training)
    XCTAssertThrowsError(try ReLU<Float>().backward(.zeros(3, 2), cache: cache)) { error in
      XCTAssertEqual(
        error as? ShapeMismatch,
        ShapeMismatch("activation, backward", [3, 2], [2, 3])
      )
    }
  }

  /// The largest difference in values and derivatives, relative where the value is above 1.
  private func difference<S: Layer<Float>, D: Layer<Double>>(
    _ single: S,
    _ double: D,
    _ x: Tensor<Float>
  ) throws -> Double {
    let wide = x.converted(to: Double.self)
    let pairs = [
      (try single(x), try double(wide)), (try slopes(single, x), try slopes(double, wide)),
    ]
    return pairs.reduce(0) { worst, pair in
      zip(pair.0.scalars, pair.1.scalars).reduce(worst) {
        max($0, abs(Double($1.0) - $1.1) / max(1, abs($1.1)))
      }
    }
  }

  private func slopes<L: Layer>(_ layer: L, _ x: Tensor<L.Scalar>) throws -> Tensor<L.Scalar> {
    let (_, cache) = try layer.forward(x, mode: .training)
    return try layer.backward(.ones(shape: x.shape), cache: cache).dInput
  }
}
