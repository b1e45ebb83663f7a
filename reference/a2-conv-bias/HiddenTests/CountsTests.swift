import ConvBiasTask
import CourseKit
import JudgeSupport
import XCTest

final class CountsTests: ConvBiasCase {
  func testParameterCounts() throws {
    if isSearching { try searchCounts() }
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
    let (yours, right) = (try counts(of: geometry), geometry.counts)
    compare(yours.convolution, with: right.convolution, "count of the convolution")
    compare(yours.biasPerPosition, with: right.biasPerPosition, "count of a bias per position")
    compare(yours.dense, with: right.dense, "count of the dense layer")
  }

  private func searchCounts() throws {
    let numbers = { (counts: Counts) in
      [counts.convolution, counts.biasPerPosition, counts.dense].map {
        Tensor(shape: [], scalars: [Double($0)])
      }
    }
    try search { [self] (geometry: Geometry) in
      numbers(try counts(of: geometry))
    } expecting: { geometry in
      guard geometry.isFit else { return .throwing("ShapeMismatch") }
      let names = ["convolution", "biasPerPosition", "dense"]
      return .returns(zip(names, numbers(geometry.counts)).map { ($0, $1) })
    }
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

extension Geometry {
  /// The right counts.
  fileprivate var counts: Counts {
    let outputs = o * outputSize.0 * outputSize.1
    let inputs = c * size.0 * size.1
    return Counts(
      convolution: o * c * kernel.0 * kernel.1 + o,
      biasPerPosition: outputs,
      dense: (inputs + 1) * outputs
    )
  }
}
