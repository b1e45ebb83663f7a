import ConvBias
import CourseKit
import XCTest

final class ShiftTests: HomeworkTestCase {
  /// The filter's numbers sum to 6, so 10 more in every pixel is 60 more in every answer.
  func testByHand() {
    attempt {
      let yours = try biasAbsorbingShift(
        weight: Example.filter,
        bias: Tensor([-1]),
        shift: Tensor([10])
      )
      expect(yours, Tensor([59]), "the bias", hint: "How much does every answer grow?")
    }
  }

  func testChannels() {
    attempt {
      let yours = try biasAbsorbingShift(
        weight: images([[[[1, 2]], [[3, 4]]], [[[5, 6]], [[7, 8]]], [[[1, 0]], [[0, 0]]]]),
        bias: Tensor([100, 200, 300]),
        shift: Tensor([1, -1])
      )
      expect(
        yours,
        Tensor([96, 196, 301]),
        "the bias of three filters on two channels",
        hint: "Each input channel has a shift of its own"
      )
    }
  }

  func testSameResponse() {
    attempt {
      let (bias, shift) = (Tensor<Double>([-1]), Tensor<Double>([10]))
      let brighter = try conv2d(
        Example.x + 10,
        weight: Example.filter,
        bias: bias,
        stride: (1, 1),
        padding: (0, 0)
      )
      let absorbed = try biasAbsorbingShift(weight: Example.filter, bias: bias, shift: shift)
      let same = try conv2d(
        Example.x,
        weight: Example.filter,
        bias: absorbed,
        stride: (1, 1),
        padding: (0, 0)
      )
      expect(same, brighter, "the response to the image with the new bias")
    }
  }
}
