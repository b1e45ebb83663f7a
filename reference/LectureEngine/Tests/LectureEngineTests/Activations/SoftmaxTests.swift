import CourseKit
import LectureEngine
import XCTest

final class SoftmaxTests: XCTestCase {
  func testByHand() throws {
    let logits = Tensor([[0, log(3.0)], [5, 5]])
    let p = try Softmax()(logits).scalars
    for (actual, expected) in zip(p, [0.25, 0.75, 0.5, 0.5]) {
      XCTAssertEqual(actual, expected, accuracy: 1e-15)
    }
  }

  func testRowsSumToOneForHugeLogits() throws {
    let rows = try Softmax<Float>()(Tensor([[1e4, -1e4, 0], [-1e4, -1e4, -1e4], [3, 2, 1]]))
    for row in 0..<3 { XCTAssertEqual(rows.row(row).sum(), 1, accuracy: 2e-7) }
    XCTAssertEqual(rows.row(0), Tensor([1, 0, 0]))
    XCTAssertEqual(rows.row(1), Tensor([1, 1, 1]) / 3)
  }

  func testShiftChangesNothing() throws {
    var generator = Generator(seed: 4)
    let logits: Tensor<Double> = generator.normal(shape: [3, 7])
    let (plain, shifted) = (try Softmax()(logits), try Softmax()(logits + 100))
    XCTAssertLessThan((plain - shifted).scalars.map { abs($0) }.max() ?? 1, 1e-14)
  }

  func testUniformForEqualLogits() throws {
    for classes in [10, 100, 1000] {
      let p = try Softmax<Double>()(Tensor(repeating: 0.3, shape: [1, classes]))
      for value in p.scalars { XCTAssertEqual(value, 1 / Double(classes), accuracy: 1e-16) }
    }
  }

  func testNaNMakesItsRowNaN() throws {
    let p = try Softmax<Float>()(Tensor([[1, .nan], [1, 1]]))
    XCTAssertEqual(p.scalars.map(\.isNaN), [true, true, false, false])
  }

  func testRefusesASingleNumber() {
    XCTAssertThrowsError(try Softmax<Float>()(.zeros(shape: [])))
  }
}
