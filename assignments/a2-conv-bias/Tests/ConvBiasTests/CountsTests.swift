import ConvBias
import ConvBiasTask
import CourseKit
import XCTest

final class CountsTests: HomeworkTestCase {
  /// From 4 x 4 to 3 x 3: 4 weights if they are shared, 144 if not.
  func testLecture() {
    attempt {
      let counts = try parameterCounts(
        inputChannels: 1,
        outputChannels: 1,
        kernel: (2, 2),
        inputSize: (4, 4),
        stride: (1, 1),
        padding: (0, 0)
      )
      XCTAssertEqual(counts.convolution, 4 + 1, "the filter's 4 weights and its bias")
      XCTAssertEqual(counts.biasPerPosition, 9, "one for each of the 3 x 3 outputs")
      XCTAssertEqual(counts.dense, 144 + 9, "16 x 9 weights and a bias for each output")
    }
  }

  /// The first layer of the lecture's small network: 3 to 6 channels, filters of 5 x 5.
  func testColourImage() {
    attempt {
      let counts = try parameterCounts(
        inputChannels: 3,
        outputChannels: 6,
        kernel: (5, 5),
        inputSize: (32, 32),
        stride: (1, 1),
        padding: (0, 0)
      )
      XCTAssertEqual(
        counts,
        Counts(convolution: 456, biasPerPosition: 4_704, dense: 14_455_392),
        "6 filters of 3 x 5 x 5; 28 x 28 positions; 3 x 32 x 32 inputs"
      )
    }
  }

  func testStrideAndPadding() {
    attempt {
      let counts = try parameterCounts(
        inputChannels: 1,
        outputChannels: 2,
        kernel: (3, 1),
        inputSize: (4, 5),
        stride: (1, 2),
        padding: (1, 0)
      )
      XCTAssertEqual(
        counts,
        Counts(convolution: 8, biasPerPosition: 24, dense: 504),
        "2 channels of 4 x 3 outputs"
      )
    }
  }
}
