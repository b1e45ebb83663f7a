import CourseKit
import JudgeSupport
import TwoHiddenLayersTask
import XCTest

final class ForwardTests: TwoHiddenLayersCase {
  func testForward() throws {
    var generator = generator()
    try judge(
      "forward",
      on: Network.draws(using: &generator) + Network.wideDraws(using: &generator),
      ask: { [self] in try subject(TwoHiddenLayersTask.forward, $0.x, $0.p).tensors },
      expect: { $0.expectedTrace },
      compositions: [{ [self] in try composedForward($0.x, $0.p).tensors }]
    )
  }
}
