import CourseKit
import LectureEngine
import XCTest

/// The nets that are written out, against the layered form and against differences.
final class ManualNetTests: XCTestCase {
  private let labels = [2, 0, 1, 1, 0]

  private func input<Scalar: LectureScalar>() -> Tensor<Scalar> {
    var generator = Generator(seed: 21)
    return generator.normal(shape: [5, 4])
  }

  private func two<Scalar: LectureScalar>(_ initializer: Initializer) -> TwoLayerNet<Scalar> {
    var generator = Generator(seed: 22)
    return TwoLayerNet(inputs: 4, hidden: 6, classes: 3, initializer, using: &generator)
  }

  private func three<Scalar: LectureScalar>(_ initializer: Initializer) -> ThreeLayerNet<Scalar> {
    var generator = Generator(seed: 23)
    return ThreeLayerNet(inputs: 4, hidden: (6, 7), classes: 3, initializer, using: &generator)
  }

  func testParameterCountOfTheSlides() {
    var generator = Generator(seed: 0)
    let net = TwoLayerNet<Float>(inputs: 784, hidden: 500, classes: 10, .zero, using: &generator)
    XCTAssertEqual(net.parameterCount, 397_510)
    XCTAssertEqual(net.w1.count, 392_000)
  }

  func testTwoLayersEqualTheLayeredForm() throws {
    let net: TwoLayerNet<Double> = two(.gaussian(scale: 1))
    let trace = try net.forward(input())
    let (loss, manual) = try net.backward(input(), labels: labels, trace)
    let (layeredLoss, gradients) = try layered(net.layered())
    XCTAssertEqual(loss, layeredLoss, accuracy: 1e-14)
    for (name, gradient) in [
      ("0.weight", manual.w1.transposed()), ("0.bias", manual.b1),
      ("2.weight", manual.w2.transposed()), ("2.bias", manual.b2),
    ] {
      assertClose(try XCTUnwrap(gradients[name]), gradient.scalars)
    }
  }

  func testThreeLayersEqualTheLayeredForm() throws {
    let net: ThreeLayerNet<Double> = three(.gaussian(scale: 1))
    let trace = try net.forward(input())
    let (loss, manual) = try net.backward(input(), labels: labels, trace)
    let (layeredLoss, gradients) = try layered(net.layered())
    XCTAssertEqual(loss, layeredLoss, accuracy: 1e-14)
    XCTAssertEqual(net.parameterCount, 24 + 6 + 42 + 7 + 21 + 3)
    for (name, gradient) in [
      ("0.weight", manual.w1.transposed()), ("0.bias", manual.b1),
      ("2.weight", manual.w2.transposed()), ("2.bias", manual.b2),
      ("4.weight", manual.w3.transposed()), ("4.bias", manual.b3),
    ] {
      assertClose(try XCTUnwrap(gradients[name]), gradient.scalars)
    }
  }

  func testGradientsAgreeWithDifferences() throws {
    let net: TwoLayerNet<Double> = two(.kaiming)
    let x: Tensor<Double> = input()
    let gradients = try net.backward(x, labels: labels, net.forward(x)).gradients
    let paths: [(WritableKeyPath<TwoLayerNet<Double>, Tensor<Double>>, String)] = [
      (\.w1, "w1"), (\.b1, "b1"), (\.w2, "w2"), (\.b2, "b2"),
    ]
    for (path, name) in paths {
      let report = try checkGradient(
        of: { value in
          var changed = net
          changed[keyPath: path] = value
          return try SoftmaxCrossEntropy()(changed.forward(x).z2, labels: labels).loss
        },
        at: net[keyPath: path],
        claimed: gradients[keyPath: path],
        named: name
      )
      XCTAssertTrue(report.passed, report.explanation)
    }
  }

  func testAStepIsThatOfTheOptimizer() throws {
    var net: TwoLayerNet<Double> = two(.xavier)
    var other = try net.layered()
    var optimizer = SGD<Double>(learningRate: 0.1)
    for _ in 0..<5 {
      let loss = try net.step(input(), labels: labels, learningRate: 0.1)
      let (layeredLoss, gradients) = try layered(other)
      try optimizer.step(&other, gradients)
      XCTAssertEqual(loss, layeredLoss, accuracy: 1e-14)
    }
    assertClose(other.parameters[0].value, net.w1.transposed().scalars)
    var third: ThreeLayerNet<Double> = three(.xavier)
    let first = try third.step(input(), labels: labels, learningRate: 0.1)
    XCTAssertLessThan(try third.step(input(), labels: labels, learningRate: 0.1), first)
  }

  /// A step does not store the gradients that `backward` gives, and moves to the same bits: of one
  /// sample and of none too many for one sum, of vectors' ends, and of a rate of zero.
  func testAStepIsThatOfItsGradients() throws {
    var generator = Generator(seed: 24)
    for (samples, rate) in [(1, 0.1), (8, 0.3), (64, 0.1), (256, 0.7), (257, 0.7), (300, 0)] {
      let rate = Float(rate)
      let x: Tensor<Float> = generator.normal(shape: [samples, 45])
      let labels = (0..<samples).map { $0 % 11 }
      var net = ThreeLayerNet<Float>(
        inputs: 45,
        hidden: (83, 71),
        classes: 11,
        .kaiming,
        using: &generator
      )
      let start = net
      let gradients = try net.backward(x, labels: labels, net.forward(x)).gradients
      _ = try net.step(x, labels: labels, learningRate: rate)
      for path in [\ThreeLayerNet<Float>.w1, \.b1, \.w2, \.b2, \.w3, \.b3] {
        XCTAssertEqual(
          net[keyPath: path],
          start[keyPath: path] - gradients[keyPath: path] * rate,
          "\(samples) samples"
        )
      }
    }
  }

  func testConstantLayersKeepHiddenUnitsEqual() throws {
    // S12. In Double and for a few steps, exact: all units sum the same numbers in one order.
    var net: ThreeLayerNet<Double> = three(.constant(0.01))
    for _ in 0..<10 { _ = try net.step(input(), labels: labels, learningRate: 0.5) }
    XCTAssertNotEqual(net.w1, Tensor(repeating: 0.01, shape: [4, 6]), "it did move")
    for row in 0..<4 { XCTAssertEqual(Set(net.w1.row(row).scalars).count, 1) }
    XCTAssertEqual(Set(net.b1.scalars).count, 1)
    for column in 0..<3 { XCTAssertEqual(Set(net.w3.transposed().row(column).scalars).count, 1) }
  }

  func testFromZeroOnlyTheOutputBiasMoves() throws {
    var net: TwoLayerNet<Float> = two(.zero)
    for _ in 0..<10 { _ = try net.step(input(), labels: labels, learningRate: 0.5) }
    XCTAssertEqual(net.w1, .zeros(4, 6))
    XCTAssertEqual(net.b1, .zeros(6))
    XCTAssertEqual(net.w2, .zeros(6, 3))
    XCTAssertNotEqual(net.b2, .zeros(3))
  }

  func testBadInput() {
    let net: TwoLayerNet<Float> = two(.zero)
    XCTAssertThrowsError(try net.forward(.zeros(5, 3)))
    XCTAssertThrowsError(try net.backward(input(), labels: [], net.forward(input())))
    var changed = net
    XCTAssertThrowsError(try changed.step(input(), labels: [], learningRate: 0.1))
    XCTAssertEqual(changed, net)
  }

  private func layered(
    _ net: Sequential<Double>
  ) throws -> (loss: Double, gradients: Gradients<Double>) {
    let (logits, cache) = try net.forward(input(), mode: .training)
    let (loss, dLogits) = try SoftmaxCrossEntropy()(logits, labels: labels)
    return (loss, try net.backward(dLogits, cache: cache).gradients)
  }
}
