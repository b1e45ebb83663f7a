import CourseKit
import JudgeSupport
import TwoHiddenLayersTask
import XCTest

final class ForwardTests: TwoHiddenLayersCase {
  func testForward() throws {
    var generator = generator()
    try judge("forward", on: Network.draws(using: &generator)) {
      let yours = try subject(TwoHiddenLayersTask.forward, $0.x, $0.p)
      return [yours.z1, yours.a1, yours.z2, yours.a2, yours.logits]
    } expect: {
      $0.expectedTrace
    }
  }
}
