import CourseKit
import TwoHiddenLayers
import XCTest

final class ForwardTests: HomeworkTestCase {
  func testForward() {
    attempt {
      let yours = try forward(Example.x, Example.p)
      expect(yours.z1, Example.z1, "z1")
      expect(yours.a1, Example.a1, "a1")
      expect(yours.z2, Example.z2, "z2", hint: "It is made of a1")
      expect(yours.a2, Example.a2, "a2")
      expect(yours.logits, Example.logits, "logits", hint: "No ReLU at the end: logits may be < 0")
    }
  }

  /// The answer to one sample must not depend on its neighbours.
  func testSamplesDoNotMeet() {
    attempt {
      expect(
        try forward(Example.x.row(1).reshaped(1, 2), Example.p).logits,
        Example.logits.row(1).reshaped(1, 2),
        "logits of the second sample alone"
      )
    }
  }
}
