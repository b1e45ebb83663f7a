import CourseKit
import XCTest

@testable import JudgeSupport

/// The shapes and sizes that a student may be told.
final class KnownSizesTests: XCTestCase {
  private struct Batch {
    var x = Tensor<Double>(shape: [5, 7], scalars: [Double](repeating: 0, count: 35))
    var labels = [1, 2, 3, 4, 5]
    var bias: Tensor<Double>? = Tensor(shape: [11], scalars: [Double](repeating: 0, count: 11))
  }

  private func sizes(_ arguments: Any...) -> KnownSizes {
    var sizes = KnownSizes()
    for argument in arguments {
      sizes.begin()
      sizes.add(argument)
    }
    return sizes
  }

  func testSizesAreThoseOfAllTensors() {
    XCTAssertEqual(sizes(Batch()).all, [5, 7, 11])
    XCTAssertEqual(sizes([Batch(), Batch()]).all, [5, 7, 11])
    XCTAssertEqual(sizes([0.5, 0.25]).all, [2])
    XCTAssertEqual(sizes(0.5, UInt64(3), 4).all, [])
    XCTAssertEqual(sizes([1.0, 2], [1.0, 2, 3]).last, [3])
    XCTAssertEqual(sizes([1.0, 2], [1.0, 2, 3]).all, [2, 3])
  }

  func testErrorsAreToldInTheLastQuestionsSizes() {
    let sizes = sizes([1.0, 2, 3], Batch())
    for shape in [[5, 7], [7, 5], [], [1, 11], [5]] {
      XCTAssert(sizes.allow(thrown: shape), "\(shape)")
    }
    for shape in [[3], [0], [-5], [4_611_686_018_427], [5, 5, 5], [5, 8]] {
      XCTAssertFalse(sizes.allow(thrown: shape), "\(shape)")
    }
    XCTAssert(sizes.allow(count: 1) && sizes.allow(count: 5))
    XCTAssertFalse(sizes.allow(count: 3) || sizes.allow(count: -1))
  }

  func testAnswersAreToldInShapesThatASlipGives() {
    let sizes = sizes([1.0, 2, 3], Batch())
    for shape in [[5, 7], [7], [5], [3], [1, 7], [7, 1], [8], [5, 0]] {
      XCTAssert(sizes.allow(shape, insteadOf: [7]), "\(shape)")
    }
    for shape in [[7, 7, 7], [20], [5, 20], [-1], [4_611_686_018_427]] {
      XCTAssertFalse(sizes.allow(shape, insteadOf: [7]), "\(shape)")
    }
    let image = [2, 3, 6, 6]
    for shape in [[2, 3, 5, 5], [2, 3, 8, 4], [3, 2, 6, 6], [2, 3, 6, 6, 1], [1, 2, 3]] {
      XCTAssert(sizes.allow(shape, insteadOf: image), "\(shape)")
    }
    for shape in [[2, 3, 11, 11], [36], [2, 3, 6, 6, 1, 1], [2, 3, 6, 9]] {
      XCTAssertFalse(sizes.allow(shape, insteadOf: image), "\(shape)")
    }
  }
}
