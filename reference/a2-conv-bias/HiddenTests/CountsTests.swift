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
    for excess in [(1, 0), (0, 1), (2, 3)] { try expectMisfit(excess, using: &generator) }
  }

  /// A filter that is larger than the padded image, by so many rows and columns.
  private func expectMisfit(
    _ excess: (Int, Int),
    using generator: inout Generator
  ) throws {
    let size = (generator.integer(in: 2...6), generator.integer(in: 2...6))
    let padding = (generator.integer(in: 0...2), generator.integer(in: 0...2))
    let stride = (generator.integer(in: 2...4), generator.integer(in: 2...4))
    let kernel = (
      excess.0 > 0 ? size.0 + 2 * padding.0 + excess.0 : 1,
      excess.1 > 0 ? size.1 + 2 * padding.1 + excess.1 : 1
    )
    try expectError("ShapeMismatch", from: "parameterCounts") { error in
      if case .shapeMismatch = error { true } else { false }
    } _: {
      _ = try subject(
        ConvBiasTask.parameterCounts,
        3,
        4,
        Pair(kernel),
        Pair(size),
        Pair(stride),
        Pair(padding)
      )
    }
  }

  /// Counts are right or wrong: one off among thousands is wrong.
  private func compare(_ yours: Int, with right: Int, _ what: String) {
    check(Double(yours), equals: Double(right), scale: Double(right), what, tolerance: 0)
  }
}
