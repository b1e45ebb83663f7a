import ConvBiasTask
import CourseKit
import JudgeSupport
import XCTest

final class CountsTests: ConvBiasCase {
  func testParameterCounts() throws {
    var generator = generator()
    for shape in Geometry.all {
      let (c, o) = (generator.integer(in: 1...9), generator.integer(in: 1...9))
      let yours = try subject(
        ConvBiasTask.parameterCounts,
        c,
        o,
        Pair(shape.kernel),
        Pair(shape.size),
        Pair(shape.stride),
        Pair(shape.padding)
      )
      let taps = shape.kernel.0 * shape.kernel.1
      let outputs = o * shape.outputSize.0 * shape.outputSize.1
      let inputs = c * shape.size.0 * shape.size.1
      compare(yours.convolution, with: o * c * taps + o, "count of the convolution")
      compare(yours.biasPerPosition, with: outputs, "count of a bias per position")
      compare(yours.dense, with: (inputs + 1) * outputs, "count of the dense layer")
    }
  }

  /// Counts are right or wrong: one off among thousands is wrong.
  private func compare(_ yours: Int, with right: Int, _ what: String) {
    check(Double(yours), equals: Double(right), scale: Double(right), what, tolerance: 0)
  }
}
