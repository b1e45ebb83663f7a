import ConvBias
import CourseKit
import XCTest

final class ConvolutionTests: HomeworkTestCase {
  func testLecture() {
    attempt {
      expect(
        try conv2d(Example.x, weight: Example.filter, bias: nil, stride: (1, 1), padding: (0, 0)),
        Example.y,
        "y",
        hint: "The first window is 1 1 / 5 6, the filter 0 1 / 2 3: 0 + 1 + 10 + 18 = 29. "
          + "10 would be the filter upside down"
      )
    }
  }

  func testPadding() {
    attempt {
      expect(
        try conv2d(Example.x, weight: Example.filter, bias: nil, stride: (1, 1), padding: (1, 1)),
        Example.yPadding1,
        "y with padding 1",
        hint: "Zeros stand on all four sides; in the middle nothing changes"
      )
    }
  }

  func testStride() {
    attempt {
      expect(
        try conv2d(Example.x, weight: Example.filter, bias: nil, stride: (2, 2), padding: (0, 0)),
        Example.yStride2,
        "y with stride 2",
        hint: "Every second answer of every second row"
      )
    }
  }

  /// Rows and columns each have their own padding and stride; the zeros below are left over.
  func testRowsAndColumnsDiffer() {
    attempt {
      expect(
        try conv2d(Example.x, weight: Example.filter, bias: nil, stride: (3, 2), padding: (1, 0)),
        image([[5, 16], [10, 18]]),
        "y with stride (3, 2) and padding (1, 0)",
        hint: "The first number of a pair belongs to the rows"
      )
    }
  }

  /// Two filters on two channels: each filter has a part for each channel, and adds them up.
  func testChannels() {
    attempt {
      expect(
        try conv2d(
          images([[[[1, 2], [3, 4]], [[10, 20], [30, 40]]]]),
          weight: images([[[[1]], [[2]]], [[[0]], [[-1]]]]),
          bias: nil,
          stride: (1, 1),
          padding: (0, 0)
        ),
        images([[[[21, 42], [63, 84]], [[-10, -20], [-30, -40]]]]),
        "y of two filters of 1 x 1",
        hint: "The first filter is 1 on the first channel, 2 on the second"
      )
    }
  }

  func testBiasIsAddedOnce() {
    attempt {
      expect(
        try conv2d(
          Example.x,
          weight: Example.filter,
          bias: Tensor([100]),
          stride: (1, 1),
          padding: (0, 0)
        ),
        Example.y + 100,
        "y with the bias 100"
      )
    }
  }

  func testZeroImageGivesTheBiasEverywhere() {
    attempt {
      let yours = try conv2d(
        images([[[[0, 0], [0, 0]]]]),
        weight: images([[[[5, 6], [7, 8]]], [[[1, 2], [3, 4]]]]),
        bias: Tensor([3, -2]),
        stride: (1, 1),
        padding: (1, 1)
      )
      let (three, two) = ([Double](repeating: 3, count: 3), [Double](repeating: -2, count: 3))
      expect(
        yours,
        images([[[three, three, three], [two, two, two]]]),
        "y of an image that is zero",
        hint: "One bias for each output channel, at every position, at the border too"
      )
    }
  }

  /// Without a bias the response has the contrast of the image: f(a x) = a f(x).
  func testWithoutBiasContrastPasses() {
    attempt {
      let x = Example.x
      let one = try conv2d(x, weight: Example.filter, bias: nil, stride: (1, 1), padding: (1, 1))
      let two = try conv2d(
        2 * x,
        weight: Example.filter,
        bias: Tensor([0]),
        stride: (1, 1),
        padding: (1, 1)
      )
      expect(two, 2 * one, "the response to twice the image", hint: "nil means a bias of 0")
    }
  }

  func testWrongShapesThrow() {
    let twoChannels = images([[[[1]], [[1]]]])
    XCTAssertThrowsError(
      try conv2d(Example.x, weight: twoChannels, bias: nil, stride: (1, 1), padding: (0, 0))
    ) { error in
      XCTAssert(error is ShapeMismatch, "a filter for two channels gave: \(error)")
    }
  }
}
