import CourseKit
import XCTest

final class TensorTests: XCTestCase {
  func testRowsMakeAMatrix() {
    let x = Tensor<Double>([[1, 2, 3], [4, 5, 6]])
    XCTAssertEqual(x.shape, [2, 3])
    XCTAssertEqual(x.scalars, [1, 2, 3, 4, 5, 6])
    XCTAssertEqual(x.rank, 2)
    XCTAssertEqual(x.count, 6)
  }

  func testNumbersMakeAVector() {
    XCTAssertEqual(Tensor<Float>([1, 2]).shape, [2])
  }

  func testFillingAShape() {
    XCTAssertEqual(Tensor<Double>.zeros(2, 3), Tensor(shape: [2, 3], scalars: [0, 0, 0, 0, 0, 0]))
    XCTAssertEqual(Tensor<Float>.ones(shape: [2]), Tensor([1, 1]))
    XCTAssertEqual(Tensor<Double>.zeros().shape, [])
    XCTAssertEqual(Tensor<Double>.zeros().count, 1)
    XCTAssertEqual(Tensor(repeating: 7.0, shape: [1, 2]), Tensor([[7, 7]]))
  }

  func testAnAxisMayBeEmpty() {
    let x = Tensor<Double>.zeros(0, 3)
    XCTAssertEqual(x.count, 0)
    XCTAssertEqual((x + 1).shape, [0, 3])
    XCTAssertEqual((x * Tensor([1, 2, 3])).shape, [0, 3])
    XCTAssertEqual(x.sum(), 0)
    XCTAssertEqual(x.transposed().shape, [3, 0])
  }

  func testSubscriptsAreRowMajor() {
    let scalars = (0..<120).map { Double($0) }
    XCTAssertEqual(Tensor(scalars)[7], 7)
    XCTAssertEqual(Tensor(shape: [10, 12], scalars: scalars)[3, 5], 41)
    XCTAssertEqual(Tensor(shape: [4, 5, 6], scalars: scalars)[3, 2, 1], 103)
    XCTAssertEqual(Tensor(shape: [2, 3, 4, 5], scalars: scalars)[1, 2, 0, 4], 104)
  }

  func testSubscriptsWriteInPlace() {
    var x = Tensor<Double>.zeros(2, 3, 4, 5)
    x[1, 2, 0, 4] = 1
    x[1, 2, 0, 4] += 2
    XCTAssertEqual(x.scalars.firstIndex(of: 3), 104)
    XCTAssertEqual(x.sum(), 3)
  }

  func testSubscriptsOfFloatAndOfGenericCodeAreTheSame() {
    func last<Scalar>(_ x: Tensor<Scalar>) -> Scalar { x[1, 2] }
    XCTAssertEqual(last(Tensor<Double>([[1, 2, 3], [4, 5, 6]])), 6)
    XCTAssertEqual(last(Tensor<Float>([[1, 2, 3], [4, 5, 6]])), 6)
    var single = Tensor<Float>.zeros(2, 2, 2)
    single[1, 0, 1] = 5
    XCTAssertEqual(single.scalars, [0, 0, 0, 0, 0, 5, 0, 0])
  }

  func testACopyIsIndependent() {
    let original = Tensor<Double>([1, 2, 3])
    var copy = original
    copy[0] = 9
    copy += original
    XCTAssertEqual(original, Tensor([1, 2, 3]))
    XCTAssertEqual(copy, Tensor([10, 4, 6]))
  }

  func testScalarsCanBeChangedInPlace() {
    var x = Tensor<Double>([[1, 2], [3, 4]])
    x.scalars[2] = 30
    x.scalars.swapAt(0, 3)
    XCTAssertEqual(x, Tensor([[4, 2], [30, 1]]))
    x.scalars = [5, 6, 7, 8]
    XCTAssertEqual(x, Tensor([[5, 6], [7, 8]]))
  }

  func testRows() {
    XCTAssertEqual(Tensor<Double>([[1, 2], [3, 4]]).row(1), Tensor([3, 4]))
    let images = Tensor(shape: [2, 2, 2], scalars: (0..<8).map { Double($0) })
    XCTAssertEqual(images.row(1), Tensor([[4, 5], [6, 7]]))
    XCTAssertEqual(Tensor<Double>([3, 4]).row(1), Tensor(shape: [], scalars: [4]))
  }

  func testReshapingKeepsTheOrder() {
    let x = Tensor(shape: [2, 6], scalars: (0..<12).map { Double($0) })
    XCTAssertEqual(x.reshaped(3, 4), Tensor(shape: [3, 4], scalars: x.scalars))
    XCTAssertEqual(x.reshaped(to: [12]), Tensor(x.scalars))
  }

  func testTransposing() {
    XCTAssertEqual(
      Tensor<Double>([[1, 2, 3], [4, 5, 6]]).transposed(),
      Tensor([[1, 4], [2, 5], [3, 6]])
    )
    let x = normal(37, 50)
    let transposed = x.transposed()
    XCTAssertEqual(transposed.shape, [50, 37])
    for i in 0..<37 {
      for j in 0..<50 { XCTAssertEqual(transposed[j, i], x[i, j]) }
    }
  }

  func testConverting() {
    let x = Tensor<Double>([[0.1, 2]])
    XCTAssertEqual(x.converted(to: Float.self), Tensor<Float>([[0.1, 2]]))
    XCTAssertEqual(x.converted(to: Float.self).converted(to: Double.self)[0, 0], Double(Float(0.1)))
  }

  func testEqualityNeedsShapeAndNumbers() {
    let x = Tensor<Double>([1, 2])
    XCTAssertNotEqual(x, Tensor([[1, 2]]))
    XCTAssertNotEqual(x, Tensor([1, 3]))
    XCTAssertEqual(Tensor<Double>([0.0]), Tensor([-0.0]))
    XCTAssertNotEqual(Tensor<Double>([.nan]), Tensor([.nan]))
  }

  func testDescriptionNestsBrackets() {
    XCTAssertEqual("\(Tensor<Double>([[1, 2.5], [3, 4]]))", "[[1.0, 2.5], [3.0, 4.0]]")
    XCTAssertEqual("\(Tensor<Float>([1, .infinity]))", "[1.0, inf]")
    XCTAssertEqual("\(Tensor<Double>(shape: [], scalars: [3]))", "3.0")
    XCTAssertEqual("\(Tensor<Double>.zeros(2, 0))", "[[], []]")
  }

  func testDescriptionOfALargeTensorIsCut() {
    let x = Tensor(shape: [2, 1000], scalars: (0..<2000).map { Double($0) })
    XCTAssertEqual(
      "\(x)",
      "[[0.0, 1.0, 2.0, ..., 997.0, 998.0, 999.0], "
        + "[1000.0, 1001.0, 1002.0, ..., 1997.0, 1998.0, 1999.0]]"
    )
  }
}
