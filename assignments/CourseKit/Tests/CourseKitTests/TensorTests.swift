import CourseKit
import XCTest

final class TensorTests: XCTestCase {
  func testMatmulOfSmallMatrices() throws {
    let x = Tensor<Double>([[1, 2], [3, 4]])
    XCTAssertEqual(try x.matmul(x), Tensor([[7, 10], [15, 22]]))
  }
}
