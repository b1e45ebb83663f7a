import JudgeSupport
import XCTest

/// Questions that differ from the first one in a single argument.
final class QuestionsTests: XCTestCase {
  private struct Draw: Equatable {
    var x, y: Int
  }

  func testOneArgumentIsExchangedAtATime() {
    let first = Draw(x: 1, y: 2)
    let questions = Questions(ordinary: [first, Draw(x: 3, y: 4)], unusual: [Draw(x: 5, y: 6)])
      .exchanging(\.x, \.y, drawing: { Draw(x: 7, y: 8) })
    XCTAssertEqual(
      questions.all,
      [
        first, Draw(x: 3, y: 4), Draw(x: 7, y: 2), first, Draw(x: 1, y: 8), first, Draw(x: 5, y: 6),
      ]
    )
  }

  func testAnExchangeThatIsNotFitIsDrawnAnew() {
    var next = 0
    let questions = Questions(ordinary: [Draw(x: 1, y: 2)]).exchanging(
      \.x,
      drawing: {
        next += 1
        return Draw(x: next, y: 0)
      },
      until: { $0.x > 2 }
    )
    XCTAssertEqual(questions.all.map(\.x), [1, 3, 1])
  }
}
