import CourseKit
import TwoHiddenLayers
import XCTest

final class LossTests: HomeworkTestCase {
  func testSoftmax() {
    attempt {
      expect(
        try softmax(Example.logits),
        Example.probabilities,
        "softmax",
        hint: "Every row is normalized on its own"
      )
    }
  }

  func testSoftmaxOfEqualLogits() {
    attempt {
      expect(
        try softmax(Tensor([[7, 7, 7, 7, 7]])),
        Tensor([[0.2, 0.2, 0.2, 0.2, 0.2]]),
        "softmax of equal logits"
      )
    }
  }

  func testSoftmaxOfLargeLogits() {
    attempt {
      expect(
        try softmax(Tensor([[1e4, 1e4], [-1e4, -1e4], [1e4, -1e4]])),
        Tensor([[0.5, 0.5], [0.5, 0.5], [1, 0]]),
        "softmax of large logits",
        hint: "exp(10,000) is infinite. What may you subtract from a row without changing anything?"
      )
    }
  }

  func testCrossEntropy() {
    attempt {
      let loss = try crossEntropy(logits: Example.logits, labels: Example.labels)
      XCTAssertEqual(
        loss,
        Example.loss,
        accuracy: 1e-5,
        "the loss: the mean of log(4/3) and log 4"
      )
    }
  }

  /// Knowing nothing about ten classes costs log 10.
  func testCrossEntropyOfEqualLogits() {
    attempt {
      let loss = try crossEntropy(logits: .zeros(3, 10), labels: [0, 4, 9])
      XCTAssertEqual(
        loss,
        2.302585,
        accuracy: 1e-5,
        "the loss of equal logits: log 10"
      )
    }
  }

  func testCrossEntropyOfLargeLogits() {
    attempt {
      let loss = try crossEntropy(logits: Tensor([[0, 1e4]]), labels: [0])
      XCTAssertEqual(
        loss,
        1e4,
        accuracy: 1e-3,
        "the loss of a wrong class that leads by 10,000: log(exp(x)) is x, do not let a computer "
          + "try"
      )
    }
  }

  func testGradLogits() {
    attempt {
      expect(
        try gradLogits(logits: Example.logits, labels: Example.labels),
        Example.dLogits,
        "dLogits",
        hint: "The loss is a mean over the batch, and so is its gradient"
      )
    }
  }

  func testGradLogitsAgreesWithDifferences() {
    attempt {
      var generator = Generator(seed: 1)
      let logits: Tensor<Double> = generator.normal(shape: [6, 4])
      let labels = [0, 1, 2, 3, 3, 1]
      let report = try checkGradient(
        of: { try crossEntropy(logits: $0, labels: labels) },
        at: logits,
        claimed: try gradLogits(logits: logits, labels: labels),
        named: "dLogits",
        batch: 6
      )
      expect(report)
    }
  }

  func testWrongArgumentsThrow() {
    XCTAssertThrowsError(try crossEntropy(logits: .zeros(3, 10), labels: [0, 1])) { error in
      XCTAssert(error is ShapeMismatch, "two labels for three samples gave: \(error)")
    }
  }
}
