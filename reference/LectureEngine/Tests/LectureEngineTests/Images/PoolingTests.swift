import CourseKit
import LectureEngine
import XCTest

final class PoolingTests: XCTestCase {
  private func image(_ rows: [[Double]]) -> Tensor<Double> {
    Tensor(rows).reshaped(1, 1, rows.count, rows[0].count)
  }

  func testGradients() throws {
    var generator = Generator(seed: 1)
    let x: Tensor<Double> = generator.normal(shape: [2, 3, 7, 6])
    for (kernel, stride, padding): (Extent, Extent?, Extent) in [
      (2, nil, 0), (3, 2, 1), (Extent(2, 3), 1, Extent(1, 0)), (Extent(3, 2), Extent(1, 3), 1),
    ] {
      let max = MaxPool2d<Double>(kernel: kernel, stride: stride, padding: padding)
      XCTAssertEqual(try gradientErrors(of: max, at: x), [], "max \(kernel)")
      for countsPadding in [true, false] {
        let average = AvgPool2d<Double>(
          kernel: kernel,
          stride: stride,
          padding: padding,
          countsPadding: countsPadding
        )
        XCTAssertEqual(try gradientErrors(of: average, at: x), [], "average \(kernel)")
      }
    }
    XCTAssertEqual(try gradientErrors(of: GlobalAveragePool<Double>(), at: x), [])
    XCTAssertEqual(try gradientErrors(of: Flatten<Double>(), at: x), [])
    let padding = ZeroPadding2d<Double>(top: 1, bottom: 2, left: 3, right: 4)
    XCTAssertEqual(try gradientErrors(of: padding, at: x), [])
  }

  func testFirstOfEqualMaximaGetsTheGradient() throws {
    let layer = MaxPool2d<Double>(kernel: 2)
    let x = image([[1, 1, 5, 9], [1, 1, 9, 9]])
    let (y, cache) = try layer.forward(x, mode: .training)
    XCTAssertEqual(y.scalars, [1, 9])
    XCTAssertEqual(cache.switches, [0, 3])
    let dInput = try layer.backward(Tensor(shape: y.shape, scalars: [7, 8]), cache: cache).dInput
    XCTAssertEqual(dInput, image([[7, 0, 0, 8], [0, 0, 0, 0]]))
  }

  func testPaddingIsNeverTheLargestAndCountsInTheMeanIfAsked() throws {
    let x = image([[-4, -8], [-12, -16]])
    let max = MaxPool2d<Double>(kernel: 2, stride: 2, padding: 1)
    XCTAssertEqual(try max(x).scalars, [-4, -8, -12, -16])
    let average = AvgPool2d<Double>(kernel: 2, stride: 2, padding: 1)
    XCTAssertEqual(try average(x).scalars, [-1, -2, -3, -4])
    let inner = AvgPool2d<Double>(kernel: 2, stride: 2, padding: 1, countsPadding: false)
    XCTAssertEqual(try inner(x).scalars, [-4, -8, -12, -16])
  }

  func testMinusInfinityHasASwitchInItsWindow() throws {
    let layer = MaxPool2d<Double>(kernel: 2, stride: 2, padding: 1)
    let x = Tensor(repeating: -Double.infinity, shape: [1, 1, 3, 3])
    let (y, cache) = try layer.forward(x, mode: .training)
    XCTAssertEqual(y.scalars, [-.infinity, -.infinity, -.infinity, -.infinity])
    XCTAssertEqual(cache.switches, [0, 1, 3, 4])
  }

  func testNaNIsLargerThanAnyNumber() throws {
    let x = image([[1, .nan, 3, 4], [5, .infinity, 7, 8]])
    let (y, cache) = try MaxPool2d<Double>(kernel: 2).forward(x, mode: .training)
    XCTAssert(y.scalars[0].isNaN)
    XCTAssertEqual(y.scalars[1], 8)
    XCTAssertEqual(cache.switches, [1, 7])
    let average = try AvgPool2d<Double>(kernel: 2)(x)
    XCTAssert(average.scalars[0].isNaN)
    XCTAssertEqual(average.scalars[1], 5.5)
  }

  /// Rows shorter and longer than vectors, odd and even, of several planes on each thread.
  func testWindowsOfTwoByTwoEqualTheDefinition() throws {
    var generator = Generator(seed: 3)
    for (height, width) in [(2, 2), (5, 7), (10, 10), (13, 28), (28, 29), (6, 70), (3, 133)] {
      let values = (0..<5 * height * width).map { _ in
        [-.infinity, .nan, -1, 0, 1, 2, 3, 4][Int(generator.next() % 8)] as Float
      }
      let x = Tensor(shape: [5, 1, height, width], scalars: values)
      let (y, cache) = try MaxPool2d<Float>(kernel: 2).forward(x, mode: .training)
      for (output, switched) in cache.switches.enumerated() {
        let (row, column) = (output / (width / 2) % (height / 2) * 2, output % (width / 2) * 2)
        let plane = output / (width / 2) / (height / 2) * height * width
        let corner = row * width + column
        let window = [corner, corner + 1, corner + width, corner + width + 1]
        let largest =
          window.first { values[plane + $0].isNaN }
          ?? window.dropFirst().reduce(corner) {
            values[plane + $1] > values[plane + $0] ? $1 : $0
          }
        XCTAssertEqual(Int(switched), largest, "\(height) x \(width), \(output)")
        XCTAssertEqual(y.scalars[output].bitPattern, values[plane + largest].bitPattern)
      }
    }
  }

  func testOverlappingWindowsAddUpWhenUnpooled() throws {
    let layer = MaxPool2d<Double>(kernel: 2, stride: 1)
    let (y, cache) = try layer.forward(image([[0, 9, 1]] + [[2, 3, 4]]), mode: .training)
    XCTAssertEqual(y.scalars, [9, 9])
    let values = Tensor<Double>(shape: y.shape, scalars: [1, 20])
    XCTAssertEqual(try layer.unpool(values, cache: cache), image([[0, 21, 0], [0, 0, 0]]))
  }

  func testGlobalAverageTakesTheMeanOfEachChannel() throws {
    let x = Tensor<Double>(shape: [1, 2, 1, 3], scalars: [1, 2, 6, -1, 0, 4])
    let layer = GlobalAveragePool<Double>()
    let (y, cache) = try layer.forward(x, mode: .training)
    XCTAssertEqual(y, Tensor([[3, 1]]))
    // S50: 1 / (h w) everywhere.
    let dInput = try layer.backward(.ones(1, 2), cache: cache).dInput
    XCTAssertEqual(dInput, Tensor(repeating: 1.0 / 3, shape: x.shape))
  }

  func testEmptyBatches() throws {
    let x = Tensor<Float>.zeros(0, 3, 4, 6)
    XCTAssertEqual(try MaxPool2d(kernel: 2)(x).shape, [0, 3, 2, 3])
    XCTAssertEqual(try AvgPool2d(kernel: 2)(x).shape, [0, 3, 2, 3])
    XCTAssertEqual(try GlobalAveragePool()(x).shape, [0, 3])
    XCTAssertEqual(try Flatten()(x).shape, [0, 72])
    XCTAssertEqual(try ZeroPadding2d(1)(x).shape, [0, 3, 6, 8])
    let pool = MaxPool2d<Float>(kernel: 2)
    let (y, cache) = try pool.forward(x, mode: .training)
    XCTAssertEqual(try pool.backward(y, cache: cache).dInput, x)
    let global = GlobalAveragePool<Float>()
    let globalCache = try global.forward(x, mode: .training).cache
    XCTAssertEqual(try global.backward(.zeros(0, 3), cache: globalCache).dInput, x)
  }

  func testRefusesOtherShapes() throws {
    XCTAssertThrowsError(try MaxPool2d<Float>(kernel: 3)(.zeros(1, 1, 2, 9))) { error in
      XCTAssertEqual(
        error as? ShapeMismatch,
        ShapeMismatch("max pooling", [1, 1, 2, 9], [3, 3])
      )
    }
    XCTAssertThrowsError(try AvgPool2d<Float>(kernel: 2)(.zeros(4, 4)))
    XCTAssertThrowsError(try GlobalAveragePool<Float>()(.zeros(2, 3)))
    XCTAssertThrowsError(try GlobalAveragePool<Float>()(.zeros(2, 3, 0, 4)))
    XCTAssertThrowsError(try Flatten<Float>()(.zeros(shape: [])))
    XCTAssertThrowsError(try ZeroPadding2d<Float>(1)(.zeros(2, 3)))
    let pool = MaxPool2d<Float>(kernel: 2)
    let cache = try pool.forward(.zeros(1, 1, 4, 4), mode: .training).cache
    XCTAssertThrowsError(try pool.backward(.zeros(1, 1, 3, 3), cache: cache))
    XCTAssertThrowsError(try pool.unpool(.zeros(1, 1, 4, 4), cache: cache))
  }
}
