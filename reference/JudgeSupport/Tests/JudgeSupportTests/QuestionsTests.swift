import CourseKit
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
    let questions = Questions(ordinary: [Draw(x: 5, y: 2)]).exchanging(
      \.x,
      drawing: {
        next += 1
        return Draw(x: next, y: 0)
      },
      until: { $0.x > 2 }
    )
    XCTAssertEqual(questions.all.map(\.x), [5, 3, 5])
  }

  /// Where the first is none that may be asked, no exchange of an argument that does not matter for
  /// that would be.
  func testAFirstQuestionThatRoundingMakesUnfitIsDrawnAnew() {
    struct Draw: Equatable {
      var x, y: Double
    }
    var drawn = 0.0
    let questions = Questions(ordinary: [Draw(x: 0x1p-20, y: 1), Draw(x: 2, y: 2)]).exchanging(
      \.x,
      \.y,
      drawing: {
        drawn += 1
        return Draw(x: drawn - 1, y: drawn)
      },
      until: { $0.x > 0 || drawn > 100 }
    )
    let first = Draw(x: 1, y: 2)
    let near = 1 + 0x1p-10
    XCTAssertEqual(
      questions.ordinary,
      [
        first, Draw(x: 2, y: 2), Draw(x: 2, y: 2), first, Draw(x: near, y: 2), first,
        Draw(x: 1, y: 4), first, Draw(x: 1, y: 2 * near), first,
      ]
    )
  }

  /// Who keeps answers by a summary takes another question for the first.
  func testEachSummaryOfTheFirstQuestionIsThatOfAnother() {
    struct Table { var x: Tensor<Double> }
    var x = Tensor<Double>([[1.7, -0.4, 2.2], [0.8, 3.1, -1.3], [-2.6, 0.3, 1.2]])
    let questions = Questions(ordinary: [Table(x: x)]).exchanging(
      \.x,
      drawing: { Table(x: -1 * x) }
    )
    x = questions.ordinary[0].x
    let summaries: [String: (Tensor<Double>) -> [Double]] = [
      "shape": { $0.shape.map(Double.init) },
      "sum": { [$0.sum()] },
      "norm": { [$0.squared().sum()] },
      "first row": { $0.row(0).scalars },
      "last entry": { [$0.scalars.last ?? 0] },
      "sums of columns": { $0.sum(axis: 0).scalars },
      "rounded": { $0.map { $0.rounded() }.scalars },
    ]
    for (name, summary) in summaries {
      XCTAssert(
        questions.all.contains { $0.x != x && summary($0.x) == summary(x) },
        "\(name)"
      )
    }
    XCTAssertEqual(questions.close.count, 1)
    XCTAssertNotEqual(questions.close.first?.x, x)
  }
}
