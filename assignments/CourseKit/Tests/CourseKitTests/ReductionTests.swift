import CourseKit
import XCTest

final class ReductionTests: XCTestCase {
  func testSumAndMeanOfAMatrix() {
    let x = Tensor<Double>([[1, 2, 3], [4, 5, 6]])
    XCTAssertEqual(x.sum(), 21)
    XCTAssertEqual(x.sum(axis: 0), Tensor([5, 7, 9]))
    XCTAssertEqual(x.sum(axis: 1), Tensor([6, 15]))
    XCTAssertEqual(x.mean(axis: 0), Tensor([2.5, 3.5, 4.5]))
    XCTAssertEqual(x.mean(axis: 1), Tensor([2, 5]))
    XCTAssertEqual(Tensor<Double>([1, 2, 3]).sum(axis: 0), Tensor(shape: [], scalars: [6]))
  }

  func testEveryAxisOfEveryRankAgreesWithItsDefinition() {
    for shape in [[7], [3, 200], [300, 4], [5, 150, 3], [2, 3, 4, 5], [2, 1, 3]] {
      var generator = Generator(seed: 5)
      let x: Tensor<Double> = generator.normal(shape: shape)
      for axis in shape.indices {
        let lanes = lanes(of: x, axis)
        let (sum, max) = (x.sum(axis: axis), x.max(axis: axis))
        var rest = shape
        rest.remove(at: axis)
        XCTAssertEqual(sum.shape, rest)
        XCTAssertEqual(max.shape, rest)
        for (lane, values) in lanes.enumerated() {
          XCTAssertEqual(sum.scalars[lane], values.reduce(0, +), accuracy: 1e-12)
        }
        XCTAssertEqual(max.scalars, lanes.map { $0.max() ?? .nan })
        XCTAssertEqual(
          x.argmax(axis: axis),
          lanes.map { $0.firstIndex(of: $0.max() ?? .nan) ?? -1 }
        )
      }
      XCTAssertEqual(x.sum(), x.scalars.reduce(0, +), accuracy: 1e-12)
    }
  }

  private func lanes(of x: Tensor<Double>, _ axis: Int) -> [[Double]] {
    var rest = x.shape
    let extent = rest.remove(at: axis)
    return indices(of: rest).map { index in
      (0..<extent).map { i in
        var full = index
        full.insert(i, at: axis)
        return element(x, at: full)
      }
    }
  }

  func testTheFirstOfEqualMaximaWins() {
    XCTAssertEqual(Tensor<Double>([[1, 3, 3], [2, 2, 2]]).argmax(axis: 1), [1, 0])
    XCTAssertEqual(Tensor<Float>([[1, 3, 3], [2, 2, 4]]).argmax(axis: 0), [1, 0, 1])
  }

  func testNaNIsTheLargest() {
    var x = Tensor<Double>(repeating: 1, shape: [2, 40])
    x[1, 33] = .nan
    x[1, 35] = 5
    XCTAssertEqual(x.argmax(axis: 1), [0, 33])
    XCTAssertEqual(x.max(axis: 1)[0], 1)
    XCTAssert(x.max(axis: 1)[1].isNaN)
    XCTAssert(x.max(axis: 0)[33].isNaN)
    XCTAssertEqual(x.max(axis: 0)[35], 5)
    x[0, 2] = .nan
    XCTAssert(x.max(axis: 1)[0].isNaN)
  }

  func testNegativeNumbersHaveAMaximumBelowZero() {
    XCTAssertEqual((Tensor<Double>.ones(1, 20) * -3).max(axis: 1), Tensor([-3]))
  }

  func testLongFloatSumsStayAccurate() {
    // One by one, these sums would be off by 1e-2 of their size.
    let x = Tensor<Float>(repeating: 0.1, shape: [1_000_000])
    XCTAssertEqual(x.sum(), 100_000, accuracy: 0.1)
    let columns = x.reshaped(500_000, 2).sum(axis: 0)
    XCTAssertEqual(columns[0], 50_000, accuracy: 0.1)
    XCTAssertEqual(columns[1], columns[0])
  }

  func testSumsOverAnEmptyAxisAreZero() {
    XCTAssertEqual(Tensor<Double>.zeros(0, 3).sum(axis: 0), .zeros(3))
    XCTAssert(Tensor<Double>.zeros(0, 3).mean(axis: 0)[0].isNaN)
    XCTAssertEqual(Tensor<Double>.zeros(0, 3).sum(axis: 1).shape, [0])
    XCTAssertEqual(Tensor<Double>.zeros(0, 3).argmax(axis: 1), [])
  }
}
