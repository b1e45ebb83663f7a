import ConvBiasTask
import CourseKit
import JudgeEvents
import JudgeSupport
import XCTest

final class OutputSizeTests: ConvBiasCase {
  /// One axis: filters that leave a rest, that just fit, and that do not fit by one or by more.
  func testOutputSize() throws {
    var generator = generator()
    var yours: [Double] = []
    var right: [Double] = []
    while yours.count < 30 {
      // Every third filter just fits, every third leaves a rest, every third moves on by one.
      let kind = yours.count % 3
      let stride = kind == 2 ? 1 : generator.integer(in: 2...5)
      let padding = generator.integer(in: 0...3)
      let steps = kind == 0 ? 0 : generator.integer(in: 1...6)
      let rest = kind == 1 ? generator.integer(in: 1...stride - 1) : 0
      let kernel = generator.integer(in: 1...8)
      let input = kernel + steps * stride + rest - 2 * padding
      guard input > 0 else { continue }
      let answer = try subject(ConvBiasTask.outputSize, input, kernel, stride, padding)
      yours.append(Double(answer))
      right.append(Double(steps + 1))
    }
    check(Tensor(yours), equals: Tensor(right), scale: 1, "output size")
    for excess in [1, 1, 2, 3] {
      let (stride, padding) = (generator.integer(in: 2...5), generator.integer(in: 0...3))
      let input = generator.integer(in: 1...6)
      try expectMisfit(input + 2 * padding + excess, input, stride, padding)
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
