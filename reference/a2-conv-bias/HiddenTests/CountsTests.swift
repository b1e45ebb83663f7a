import ConvBiasTask
import CourseKit
import JudgeSupport
import XCTest

final class CountsTests: ConvBiasCase {
  func testParameterCounts() throws {
    var generator = generator()
    let drawn = Geometry.all.map { geometry in
      var counted = geometry
      (counted.c, counted.o) = (generator.integer(in: 1...9), generator.integer(in: 1...9))
      return counted
    }
    let questions = Questions(ordinary: [Geometry.loose]).exchanging(
      \.c,
      \.o,
      \.kernel,
      \.size,
      \.stride,
      \.padding,
      drawing: {
        var other = Geometry.looseOtherwise
        (other.c, other.o) = (5, 7)
        return other
      }
    )
    let sized = Geometry.sizedStridedAndPadded.filter(\.hasRoom)
    for geometry in drawn + sized + questions.all + turned + [.countless] {
      try judge(geometry)
    }
    for excess in [(1, 0), (0, 1), (2, 3)] { try expectMisfit(excess, using: &generator) }
  }

  /// The first of those that are exchanged with pairs turned round, for who remembers by products.
  private var turned: [Geometry] {
    var (kernel, size, counts) = (Geometry.loose, Geometry.loose, Geometry.loose)
    kernel.kernel = (kernel.kernel.1, kernel.kernel.0)
    size.size = (size.size.1, size.size.0)
    (counts.c, counts.o) = (counts.o, counts.c)
    var both = kernel
    both.size = size.size
    return [kernel, size, both, counts]
  }

  private func judge(_ geometry: Geometry) throws {
    let yours = try counts(of: geometry)
    let (c, o) = (geometry.c, geometry.o)
    let taps = geometry.kernel.0 * geometry.kernel.1
    let outputs = o * geometry.outputSize.0 * geometry.outputSize.1
    let inputs = c * geometry.size.0 * geometry.size.1
    compare(yours.convolution, with: o * c * taps + o, "count of the convolution")
    compare(yours.biasPerPosition, with: outputs, "count of a bias per position")
    compare(yours.dense, with: (inputs + 1) * outputs, "count of the dense layer")
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
