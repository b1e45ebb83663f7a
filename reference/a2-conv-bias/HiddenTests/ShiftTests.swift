import ConvBiasTask
import CourseKit
import JudgeSupport
import XCTest

final class ShiftTests: ConvBiasCase {
  func testAbsorbingShift() throws {
    var generator = generator()
    let questions = Shift.questions(using: &generator)
    try judge("biasAbsorbingShift", on: questions, measuringAll: true) { [self] in
      try subject(ConvBiasTask.absorbShift, $0.convolution.weight, $0.convolution.bias, $0.shift)
    } expect: {
      $0.expected
    }
  }
}
