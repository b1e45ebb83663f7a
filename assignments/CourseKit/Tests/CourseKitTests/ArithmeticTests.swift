import CourseKit
import XCTest

final class ArithmeticTests: XCTestCase {
  func testOperatorsOnSmallMatrices() {
    let x = Tensor<Double>([[1, 2], [3, 4]])
    let y = Tensor<Double>([[10, 20], [30, 40]])
    XCTAssertEqual(x + y, Tensor([[11, 22], [33, 44]]))
    XCTAssertEqual(y - x, Tensor([[9, 18], [27, 36]]))
    XCTAssertEqual(x * y, Tensor([[10, 40], [90, 160]]))
    XCTAssertEqual(y / x, Tensor([[10, 10], [10, 10]]))
    XCTAssertEqual(-x, Tensor([[-1, -2], [-3, -4]]))
  }

  func testNumbersOnEitherSide() {
    let x = Tensor<Double>([1, 2, 4])
    XCTAssertEqual(x + 1, Tensor([2, 3, 5]))
    XCTAssertEqual(1 + x, Tensor([2, 3, 5]))
    XCTAssertEqual(x - 1, Tensor([0, 1, 3]))
    XCTAssertEqual(1 - x, Tensor([0, -1, -3]))
    XCTAssertEqual(x * 2, Tensor([2, 4, 8]))
    XCTAssertEqual(2 * x, Tensor([2, 4, 8]))
    XCTAssertEqual(x / 2, Tensor([0.5, 1, 2]))
    XCTAssertEqual(2 / x, Tensor([2, 1, 0.5]))
  }

  func testNumbersInPlace() {
    var x = Tensor<Float>([1, 2, 4])
    x += 1
    x *= 6
    x -= 2
    x /= 2
    XCTAssertEqual(x, Tensor([5, 8, 14]))
  }

  func testMatrixWithVectorColumnRowAndNumber() {
    let x = Tensor<Double>([[1, 2, 3], [4, 5, 6]])
    XCTAssertEqual(x + Tensor([10, 20, 30]), Tensor([[11, 22, 33], [14, 25, 36]]))
    XCTAssertEqual(x - Tensor([[1], [2]]), Tensor([[0, 1, 2], [2, 3, 4]]))
    XCTAssertEqual(x * Tensor([[1, 0, 2]]), Tensor([[1, 0, 6], [4, 0, 12]]))
    XCTAssertEqual(x / Tensor(shape: [], scalars: [2]), Tensor([[0.5, 1, 1.5], [2, 2.5, 3]]))
    XCTAssertEqual(Tensor([[1], [2]]) * Tensor([3, 4]), Tensor([[3, 4], [6, 8]]))
  }

  func testBroadcastingAgreesWithItsDefinition() {
    let shapes: [[Int]] = [
      [], [1], [5], [4, 5], [4, 1], [1, 5], [3, 4, 5], [3, 1, 5], [3, 4, 1], [1, 4, 5], [1, 1, 5],
      [2, 3, 4, 5], [2, 3, 1, 1], [1, 3, 1, 5], [3, 1, 1], [2, 1, 4, 1], [1, 1, 1, 1],
      [2, 1, 1, 5],
    ]
    var generator = Generator(seed: 3)
    for left in shapes {
      for right in shapes {
        let a: Tensor<Double> = generator.normal(shape: left)
        let b: Tensor<Double> = generator.normal(shape: right)
        let shape = left.count >= right.count ? left : right
        let other = left.count >= right.count ? right : left
        let padded = Array(repeating: 1, count: shape.count - other.count) + other
        let expected = zip(shape, padded).map { max($0, $1) }
        let result = a - b
        XCTAssertEqual(result.shape, expected, "\(left) - \(right)")
        let values = indices(of: expected).map { element(a, at: $0) - element(b, at: $0) }
        XCTAssertEqual(result.scalars, values, "\(left) - \(right)")
      }
    }
  }

  func testInPlaceEqualsOutOfPlace() {
    let x = normal(3, 4, 5)
    for right in [normal(3, 4, 5, seed: 2), normal(5), normal(4, 1), normal(3, 1, 1), normal(1)] {
      var (sum, difference, product, quotient) = (x, x, x, x)
      sum += right
      difference -= right
      product *= right
      quotient /= right
      XCTAssertEqual(sum, x + right)
      XCTAssertEqual(difference, x - right)
      XCTAssertEqual(product, x * right)
      XCTAssertEqual(quotient, x / right)
    }
  }

  func testATensorAddedToItselfInPlace() {
    var x = Tensor<Double>([[1, 2], [3, 4]])
    x += x
    XCTAssertEqual(x, Tensor([[2, 4], [6, 8]]))
  }

  func testFunctions() {
    let x = Tensor<Double>([0.25, 1, 4])
    XCTAssertEqual(x.squareRoot(), Tensor([0.5, 1, 2]))
    XCTAssertEqual(x.squared(), Tensor([0.0625, 1, 16]))
    XCTAssertEqual(x.map { $0 + 1 }, Tensor([1.25, 2, 5]))
    XCTAssertLessThan(
      distance(x.exp(), Tensor([1.2840254166877414, 2.718281828459045, 54.598150033144236])),
      1e-14
    )
    XCTAssertLessThan(
      distance(x.log(), Tensor([-1.3862943611198906, 0, 1.3862943611198906])),
      1e-15
    )
    XCTAssertEqual(x.converted(to: Float.self).exp()[2], 54.59815, accuracy: 1e-5)
  }

  func testFunctionsAtTheEdges() {
    let x = Tensor<Double>([-1, 0, .infinity, .nan])
    XCTAssert(x.squareRoot()[0].isNaN)
    XCTAssert(x.log()[0].isNaN)
    XCTAssertEqual(x.log()[1], -.infinity)
    XCTAssertEqual((-x).exp()[2], 0)
    XCTAssertEqual(x.maximum(0).scalars.prefix(3), [0, 0, .infinity])
    XCTAssert(x.maximum(0)[3].isNaN)
  }

  func testMapRethrows() {
    XCTAssertThrowsError(try Tensor<Double>([1]).map { _ in throw NotImplemented("f") })
  }

  func testAStudentsLineMeansWhatItSays() {
    let x = Tensor<Double>([[1, 5], [3, 1]])
    let mean = x.mean(axis: 0)
    let variance = (x - mean).squared().mean(axis: 0)
    let normalized = (x - mean) / (variance + 3).squareRoot()
    XCTAssertEqual(
      normalized,
      Tensor([[-0.5, 2 / 7.0.squareRoot()], [0.5, -2 / 7.0.squareRoot()]])
    )
  }
}
