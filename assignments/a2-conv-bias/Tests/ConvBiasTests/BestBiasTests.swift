import ConvBias
import CourseKit
import XCTest

final class BestBiasTests: HomeworkTestCase {
  /// Two samples, two channels, two positions.
  private let response = images([[[[1, 2]], [[0, 0]]], [[[3, 4]], [[0, 0]]]])
  private let target = images([[[[3, 5]], [[1, 0]]], [[[3, 7]], [[-5, 0]]]])

  /// The first channel lacks 2, 3, 0, 3, and the second 1, 0, -5, 0.
  func testByHand() {
    attempt {
      expect(
        try bestBias(response: response, target: target),
        Tensor([2, -1]),
        "the best bias",
        hint: "Where is the derivative of equation (2) zero?"
      )
    }
  }

  /// The squared error falls by n h' w' b^2, here by 4 * 2^2 + 4 * (-1)^2 = 20, and a step further
  /// to either side it rises again.
  func testNothingIsBetter() {
    attempt {
      let bias = try bestBias(response: response, target: target)
      guard bias.shape == [2] else { return expect(bias, Tensor([2, -1]), "the best bias") }
      let fall = error(with: Tensor([0, 0])) - error(with: bias)
      XCTAssertEqual(fall, 20, accuracy: 1e-4, "what the squared error falls by")
      for step in [Tensor([0.1, 0]), Tensor([-0.1, 0]), Tensor([0, 0.1]), Tensor([0, -0.1])] {
        XCTAssertLessThan(error(with: bias), error(with: bias + step), "\(step) away")
      }
    }
  }

  /// A black image and a grey target: without a bias every filter answers 0.
  func testOutOfReachWithoutBias() {
    attempt {
      let black = Tensor<Double>.zeros(1, 1, 4, 4)
      let grey = Tensor<Double>(repeating: 0.5, shape: [1, 1, 3, 3])
      let without = try conv2d(
        black,
        weight: Example.filter,
        bias: nil,
        stride: (1, 1),
        padding: (0, 0)
      )
      expect(without, .zeros(1, 1, 3, 3), "the response to black, without a bias")
      let bias = try bestBias(response: without, target: grey)
      let with = try conv2d(
        black,
        weight: Example.filter,
        bias: bias,
        stride: (1, 1),
        padding: (0, 0)
      )
      expect(with, grey, "the response to black, with the best bias")
    }
  }

  private func error(with bias: Tensor<Double>) -> Double {
    (response + bias.reshaped(2, 1, 1) - target).squared().sum()
  }
}
