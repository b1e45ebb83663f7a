import ConvBiasTask
import CourseKit
import JudgeEvents
import JudgeSupport
import XCTest

final class OutputSizeTests: ConvBiasCase {
  /// One axis: filters that leave a rest, that just fit, and that do not fit by one or by more; and
  /// single arguments exchanged.
  func testOutputSize() throws {
    if isSearching { try searchAxes() }
    var generator = generator()
    let questions = Axis.questions(using: &generator)
    let yours = try questions.map { axis in
      Double(
        try subject(
          ConvBiasTask.outputSize,
          axis.input,
          axis.kernel,
          axis.stride,
          axis.padding
        )
      )
    }
    let right = questions.map { Double($0.outputSize) }
    check(Tensor(yours), equals: Tensor(right), scale: 1, "output size")
    for excess in [1, 1, 2, 3] {
      let (stride, padding) = (generator.integer(in: 2...5), generator.integer(in: 0...3))
      let input = generator.integer(in: 1...6)
      try expectMisfit(input + 2 * padding + excess, input, stride, padding)
    }
  }

  private func searchAxes() throws {
    try search { [self] (axis: Axis) in
      let size = try subject(
        ConvBiasTask.outputSize,
        axis.input,
        axis.kernel,
        axis.stride,
        axis.padding
      )
      return [Tensor(shape: [], scalars: [Double(size)])]
    } expecting: { axis in
      let size = Tensor(shape: [], scalars: [Double(axis.outputSize)])
      return axis.isFit ? .returns([("output size", size)]) : .throwing("ShapeMismatch")
    }
  }

  private func expectMisfit(_ kernel: Int, _ input: Int, _ stride: Int, _ padding: Int) throws {
    try expectError("ShapeMismatch", from: "outputSize") { error in
      if case .shapeMismatch = error { true } else { false }
    } _: {
      _ = try subject(ConvBiasTask.outputSize, input, kernel, stride, padding)
    }
  }
}
