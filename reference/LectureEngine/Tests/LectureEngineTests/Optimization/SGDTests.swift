import CourseKit
import LectureEngine
import XCTest

/// On the quadratic bowl `J = ½ a w²`, whose path is known in closed form.
final class SGDTests: XCTestCase {
  /// `y = w x` for one number; its gradient is set by hand.
  private func bowl() throws -> Linear<Double> {
    try Linear(weight: Tensor([[3], [-5]]), bias: nil)
  }

  private let curvature = Tensor<Double>([[1], [0.5]])

  func testPlainStepsShrinkByOnePowerEach() throws {
    var (layer, optimizer) = (try bowl(), SGD<Double>(learningRate: 0.1))
    for _ in 0..<20 { try step(&layer, &optimizer) }
    assertClose(layer.weight, [3 * pow(0.9, 20), -5 * pow(0.95, 20)])
  }

  func testMomentumFollowsItsRecurrence() throws {
    // w(k+1) = (1 + μ - ε a) w(k) - μ w(k-1), with w(-1) = w(0).
    var (layer, optimizer) = (try bowl(), SGD<Double>(learningRate: 0.1, momentum: 0.9))
    var path = [[3.0, 3.0], [-5.0, -5.0]]
    for _ in 0..<20 {
      try step(&layer, &optimizer)
      for (i, a) in [1, 0.5].enumerated() {
        let w = path[i].suffix(2)
        path[i].append((1.9 - 0.1 * a) * w[w.endIndex - 1] - 0.9 * w[w.startIndex])
      }
    }
    assertClose(layer.weight, path.compactMap(\.last), accuracy: 1e-13)
  }

  func testWeightDecayIsCurvature() throws {
    var layer = try bowl()
    var optimizer = SGD<Double>(learningRate: 0.1, weightDecay: 0.25)
    for _ in 0..<20 { try step(&layer, &optimizer) }
    assertClose(layer.weight, [3 * pow(0.875, 20), -5 * pow(0.925, 20)])
  }

  func testStepsAreThoseOfPyTorch() throws {
    let golden = try LayerGolden<Double>("sgd")
    let gradients = try golden["gradients"]
    for (name, momentum, decay) in [
      ("plain", 0, 0), ("momentum", 0.9, 0), ("decay", 0, 0.01), ("both", 0.9, 0.01),
    ] {
      var layer = try Linear<Double>(weight: golden["start"], bias: nil)
      var optimizer = SGD<Double>(learningRate: 0.1, momentum: momentum, weightDecay: decay)
      let steps = try golden[name]
      XCTAssertEqual(steps.shape[0], 3)
      for step in 0..<steps.shape[0] {
        try optimizer.step(&layer, Gradients(["weight": gradients.row(step)]))
        XCTAssertNil(difference("\(name), step \(step + 1)", layer.weight, steps.row(step)))
      }
    }
  }

  func testProductIsRoundedBeforeTheDifference() throws {
    // One fused step would keep the part of the product that Float cannot hold.
    let rate: Float = 0.1
    var layer = try Linear<Float>(weight: Tensor([[0.3]]), bias: nil)
    var optimizer = SGD<Float>(learningRate: 0.1)
    let gradient: Float = 2.9999998
    try optimizer.step(&layer, Gradients(["weight": Tensor([[gradient]])]))
    let product = rate * gradient
    XCTAssertEqual(layer.weight.scalars, [0.3 - product])
  }

  func testAParameterWithoutGradientStays() throws {
    var layer = try bowl()
    var optimizer = SGD<Double>(learningRate: 0.1)
    try optimizer.step(&layer, .none)
    XCTAssertEqual(layer.weight, try bowl().weight)
  }

  func testRefusesAGradientOfAnotherShape() throws {
    var layer = try bowl()
    var optimizer = SGD<Double>(learningRate: 0.1)
    XCTAssertThrowsError(try optimizer.step(&layer, Gradients(["weight": .zeros(2)]))) { error in
      XCTAssertEqual(error as? ShapeMismatch, ShapeMismatch("step of weight", [2, 1], [2]))
    }
  }

  private func step(_ layer: inout Linear<Double>, _ optimizer: inout SGD<Double>) throws {
    try optimizer.step(&layer, Gradients(["weight": curvature * layer.weight]))
  }
}
