import ConvBiasTask
import CourseKit
import JudgeSupport
import XCTest

final class BestBiasTests: ConvBiasCase {
  func testBestBias() throws {
    var generator = generator()
    let questions = Approach.questions(using: &generator)
    try judge("bestBias", on: questions, measuringAll: true) { [self] in
      sizes = Self.sizes(of: $0.response)
      return try subject(ConvBiasTask.bestBias, $0.response, $0.target)
    } expect: {
      $0.expected
    }
  }
}
