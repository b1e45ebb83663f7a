import CourseKit
import LectureEngine
import XCTest

final class LossTests: XCTestCase {
  func testExpectedLossOfEqualLogits() throws {
    // S15: -log(1/K).
    for (classes, expected) in [(10, 2.3026), (100, 4.6052), (1000, 6.9078)] {
      let loss = try SoftmaxCrossEntropy<Double>()(.zeros(3, classes), labels: [0, 1, 9]).loss
      XCTAssertEqual(loss, expected, accuracy: 5e-5)
      XCTAssertEqual(loss, log(Double(classes)), accuracy: 1e-14)
    }
  }

  func testGradientIsSoftmaxMinusOneHot() throws {
    var generator = Generator(seed: 5)
    let logits: Tensor<Double> = generator.normal(shape: [4, 3])
    let labels = [2, 0, 1, 1]
    var expected = try Softmax()(logits)
    for (row, label) in labels.enumerated() { expected[row, label] -= 1 }
    let sum = try SoftmaxCrossEntropy(.sum)(logits, labels: labels)
    let mean = try SoftmaxCrossEntropy(.mean)(logits, labels: labels)
    XCTAssertEqual(sum.dLogits, expected)
    XCTAssertEqual(sum.loss, mean.loss * 4, accuracy: 1e-14)
    for (m, s) in zip(mean.dLogits.scalars, expected.scalars) {
      XCTAssertEqual(m, s / 4, accuracy: 1e-16)
    }
  }

  func testGradientsAgreeWithDifferences() throws {
    var generator = Generator(seed: 6)
    let x: Tensor<Double> = generator.normal(shape: [4, 3])
    let target: Tensor<Double> = generator.normal(shape: [4, 3])
    for reduction in [Reduction.mean, .sum] {
      let entropy = SoftmaxCrossEntropy<Double>(reduction)
      let labels = [2, 0, 1, 1]
      let report = try checkGradient(
        of: { try entropy($0, labels: labels).loss },
        at: x,
        claimed: try entropy(x, labels: labels).dLogits
      )
      XCTAssertTrue(report.passed, report.explanation)
      let squares = MeanSquaredError<Double>(reduction)
      let other = try checkGradient(
        of: { try squares($0, target: target).loss },
        at: x,
        claimed: try squares(x, target: target).dOutput
      )
      XCTAssertTrue(other.passed, other.explanation)
    }
  }

  func testHugeLogitsGiveOrdinaryNumbers() throws {
    let logits = Tensor<Float>([[1e4, -1e4], [1e4, -1e4]])
    let (loss, gradient) = try SoftmaxCrossEntropy(.sum)(logits, labels: [0, 1])
    XCTAssertEqual(loss, 2e4)
    XCTAssertEqual(gradient, Tensor([[0, 0], [1, -1]]))
  }

  func testNaNReachesTheLossAndItsRow() throws {
    let logits = Tensor<Float>([[.nan, 0], [0, 0]])
    let (loss, gradient) = try SoftmaxCrossEntropy(.mean)(logits, labels: [1, 1])
    XCTAssertTrue(loss.isNaN)
    XCTAssertEqual(gradient.scalars.map(\.isNaN), [true, true, false, false])
  }

  func testSquaredErrorByHand() throws {
    let (output, target) = (Tensor<Double>([[1, 2]]), Tensor<Double>([[4, 0]]))
    let mean = try MeanSquaredError(.mean)(output, target: target)
    XCTAssertEqual(mean.loss, 6.5)
    XCTAssertEqual(mean.dOutput, Tensor([[-3, 2]]))
    let sum = try MeanSquaredError(.sum)(output, target: target)
    XCTAssertEqual(sum.loss, 13)
    XCTAssertEqual(sum.dOutput, Tensor([[-6, 4]]))
  }

  func testBadInputIsNamed() {
    let entropy = SoftmaxCrossEntropy<Float>()
    XCTAssertThrowsError(try entropy(.zeros(2, 3), labels: [0])) {
      XCTAssertEqual($0 as? ShapeMismatch, ShapeMismatch("softmax cross entropy", [2, 3], [1]))
    }
    XCTAssertThrowsError(try entropy(.zeros(2, 3), labels: [0, 3])) {
      XCTAssertEqual($0 as? LabelOutOfRange, LabelOutOfRange(index: 1, label: 3, classes: 3))
    }
    XCTAssertThrowsError(try entropy(.zeros(0, 3), labels: [])) {
      XCTAssertEqual($0 as? EmptyBatch, EmptyBatch("softmax cross entropy"))
    }
    XCTAssertEqual(try SoftmaxCrossEntropy<Float>(.sum)(.zeros(0, 3), labels: []).loss, 0)
    XCTAssertThrowsError(try MeanSquaredError<Float>()(.zeros(2), target: .zeros(3)))
    XCTAssertThrowsError(try MeanSquaredError<Float>()(.zeros(0), target: .zeros(0)))
  }
}
