import BatchNorm
import CourseKit
import XCTest

final class ForwardTests: HomeworkTestCase {
  func testBatchMean() {
    attempt {
      expect(
        try batchMean(Example.x),
        Example.mean,
        "the mean",
        hint: "A feature is a column: average over the rows"
      )
    }
  }

  func testBatchVariance() {
    attempt {
      expect(
        try batchVariance(Example.x, mean: Example.mean),
        Example.variance,
        "the variance",
        hint: "In training it is divided by n, not by n - 1"
      )
    }
  }

  /// The same spread around 1,000,000,000.
  func testBatchVarianceFarFromZero() {
    attempt {
      expect(
        try batchVariance(Example.x + 1e9, mean: Example.mean + 1e9),
        Example.variance,
        "the variance far from zero",
        hint: "Squares of large numbers lose digits: subtract the mean before you square"
      )
    }
  }

  func testNormalize() {
    attempt {
      let yours = try normalize(
        Example.x,
        mean: Example.mean,
        variance: Example.variance,
        epsilon: Example.epsilon
      )
      expect(yours, Example.xHat, "xHat", hint: "Epsilon stands inside the root")
    }
  }

  /// A feature that never changes has variance 0; epsilon keeps the division possible.
  func testNormalizeConstantColumn() {
    attempt {
      let yours = try normalize(
        Tensor([[3, 7], [3, 1]]),
        mean: Tensor([3, 4]),
        variance: Tensor([0, 9]),
        epsilon: 16
      )
      expect(yours, Tensor([[0, 0.6], [0, -0.6]]), "xHat with a constant column")
    }
  }

  func testScaleAndShift() {
    attempt {
      let yours = try scaleAndShift(Example.xHat, gamma: Example.gamma, beta: Example.beta)
      expect(yours, Example.u, "u", hint: "First gamma multiplies, then beta is added")
    }
  }

  func testWrongShapesThrow() {
    XCTAssertThrowsError(try batchVariance(Example.x, mean: Tensor([1, 2, 3]))) { error in
      XCTAssert(error is ShapeMismatch, "a mean of the wrong size gave: \(error)")
    }
  }
}
