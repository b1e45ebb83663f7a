import ConvBiasTask
import CourseKit
import JudgeSupport
import XCTest

final class FoldingTests: ConvBiasCase {
  /// The bias comes back, whether there was one or not.
  func testFold() throws {
    var generator = generator()
    try judge("foldBatchNorm", on: Folding.questions(using: &generator)) { [self] draw in
      let yours = try subject(
        ConvBiasTask.fold,
        draw.weight,
        draw.bias,
        draw.gamma,
        draw.beta,
        draw.running,
        draw.epsilon
      )
      return [yours.weight, yours.bias]
    } expect: { draw, _ in
      [draw.expectedWeight, draw.expectedBias]
    }
  }
}
