import CourseKit
import JudgeSupport
import TwoHiddenLayersTask
import XCTest

final class ForwardTests: TwoHiddenLayersCase {
  func testForward() throws {
    var generator = generator()
    let draws = Network.draws(using: &generator) + Network.wideDraws(using: &generator)
    let judged = try judge(draws, asksAgain: true)
    guard judged.isRight else { return }
    let graded = Network.gradedDraws(using: &generator)
    guard try judge(graded, asksAgain: false, byEntry: true).isRight, judged.isDouble else {
      return
    }
    try judge(Network.wideDraws(.double, using: &generator), asksAgain: false)
  }

  @discardableResult
  private func judge(
    _ networks: [Network],
    asksAgain: Bool,
    byEntry: Bool = false
  ) throws -> Judged {
    try judge(
      "forward",
      on: networks,
      ask: { [self] in try subject(TwoHiddenLayersTask.forward, $0.x, $0.p).tensors },
      expect: { $0.expectedTrace },
      compositions: [
        { [self] in try composedForward($0.batch, $0.p, $0.p.sizes).tensors }
      ],
      asksAgain: asksAgain,
      byEntry: byEntry
    )
  }
}
