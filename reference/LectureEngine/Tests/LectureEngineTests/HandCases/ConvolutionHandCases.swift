import CourseKit
import LectureEngine
import XCTest

/// The worked numbers of slides S34 to S48, digit by digit.
final class ConvolutionHandCases: XCTestCase {
  private let picture: [[Double]] = [[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]
  private let filter: [[Double]] = [[0, 1], [2, 3]]

  private func convolve(
    _ rows: [[Double]],
    _ filter: [[Double]],
    stride: Extent = 1,
    padding: Extent = 0
  ) throws -> [[Double]] {
    let layer = try Conv2d(
      weight: Tensor(filter).reshaped(1, 1, filter.count, filter[0].count),
      bias: nil,
      stride: stride,
      padding: padding
    )
    return self.rows(try layer(image(rows)))
  }

  private func image(_ rows: [[Double]]) -> Tensor<Double> {
    Tensor(rows).reshaped(1, 1, rows.count, rows[0].count)
  }

  private func rows(_ image: Tensor<Double>) -> [[Double]] {
    let width = image.shape[3]
    return (0..<image.shape[2]).map { Array(image.scalars[($0 * width)..<(($0 + 1) * width)]) }
  }

  func testFilterSlidesWithoutBeingFlipped() throws {  // S34
    XCTAssertEqual(
      try convolve(picture, filter),
      [[29, 35, 42], [18, 14, 10], [10, 14, 18]]
    )
  }

  func testDiagonalFilters() throws {  // S36
    let identity: [[Double]] = [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    let exchange: [[Double]] = [[0, 1], [1, 0]]
    XCTAssertEqual(try convolve(identity, exchange), [[0, 1, 0], [1, 0, 1], [0, 1, 0]])
    let antiDiagonal = Array(identity.reversed())
    XCTAssertEqual(try convolve(antiDiagonal, exchange), [[0, 0, 2], [0, 2, 0], [2, 0, 0]])
  }

  func testFilterIsAMatrixThatSharesFourWeights() throws {  // S36
    let layer = try Conv2d<Double>(weight: Tensor(filter).reshaped(1, 1, 2, 2), bias: nil)
    let matrix = try layer.matrix(forImagesOf: 4)
    XCTAssertEqual(matrix.shape, [9, 16])
    XCTAssertEqual(matrix.count, 144)
    XCTAssertEqual(layer.parameterCount, 4)
    XCTAssertEqual(
      matrix,
      Tensor([
        [0, 1, 0, 0, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 1, 0, 0, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 1, 0, 0, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 1, 0, 0, 2, 3, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 1, 0, 0, 2, 3, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 2, 3, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 2, 3, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 2, 3, 0],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 2, 3],
      ])
    )
    let linear = try Linear(weight: matrix, bias: nil)
    XCTAssertEqual(
      try linear(image(picture).reshaped(1, 16)).scalars,
      [29, 35, 42, 18, 14, 10, 10, 14, 18]
    )
  }

  func testPadding() throws {  // S38
    XCTAssertEqual(
      try convolve(picture, filter, padding: 1),
      [
        [3, 5, 8, 16, 8], [16, 29, 35, 42, 16], [14, 18, 14, 10, 0], [6, 10, 14, 18, 8],
        [1, 2, 3, 4, 0],
      ]
    )
    let padded = try ZeroPadding2d<Double>(1)(image(picture))
    XCTAssertEqual(
      try convolve(rows(padded), filter),
      try convolve(picture, filter, padding: 1)
    )
  }

  func testPaddingLetsTheCornerCountFourTimes() throws {  // S38
    XCTAssertEqual(
      try Window(kernel: 2).useCounts(of: 4),
      Tensor([[1, 2, 2, 1], [2, 4, 4, 2], [2, 4, 4, 2], [1, 2, 2, 1]])
    )
    XCTAssertEqual(
      try Window(kernel: 2, padding: 1).useCounts(of: 4),
      Tensor(repeating: 4, shape: [4, 4])
    )
  }

  func testStride() throws {  // S39
    XCTAssertEqual(try convolve(picture, filter, stride: 2), [[29, 42], [10, 18]])
  }

  func testFiltersSpanAllInputChannels() throws {  // S40, S41
    let channels = [picture, Array(picture.reversed())]
    let x = Tensor<Double>(shape: [1, 2, 4, 4], scalars: channels.joined().flatMap { $0 })
    let filters: [[[[Double]]]] = [
      [filter, [[1, 0], [0, 1]]], [[[1, 1], [1, 1]], [[0, 0], [0, 2]]],
      [[[0, 0], [0, 0]], filter],
    ]
    let weight = Tensor<Double>(
      shape: [3, 2, 2, 2],
      scalars: filters.joined().joined().flatMap { $0 }
    )
    let y = try Conv2d(weight: weight, bias: Tensor([100, 0, -1]))(x)
    XCTAssertEqual(y.shape, [1, 3, 3, 3])
    for (out, bias) in [(0, 100.0), (1, 0), (2, -1)] {
      let parts = try (0..<2).map { Tensor(try convolve(channels[$0], filters[out][$0])) }
      XCTAssertEqual(y.row(0).row(out), parts[0] + parts[1] + bias, "output channel \(out)")
    }
  }

  func testPoolingKeepsTheLargestOrTheMean() throws {  // S42
    let x = image([[3, 5, 8, 16], [16, 29, 35, 42], [14, 18, 14, 10], [6, 10, 14, 18]])
    XCTAssertEqual(rows(try MaxPool2d(kernel: 2, stride: 2)(x)), [[29, 42], [18, 18]])
    XCTAssertEqual(rows(try AvgPool2d(kernel: 2, stride: 2)(x)), [[13.25, 25.25], [12, 14]])
  }

  func testMaxPoolingOfAShiftedImage() throws {  // S43
    func pooled(_ second: Double) throws -> (before: [[Double]], after: [[Double]]) {
      let before: [[Double]] = [
        [3, 5, 8, 16], [16, 29, second, 42], [14, 18, 14, 10], [6, 10, 14, 18],
      ]
      let after = zip(before, [10, 3, 4, 5]).map { row, entering in
        Array(row.dropFirst()) + [entering]
      }
      let pool = MaxPool2d<Double>(kernel: 2, stride: 2)
      return (rows(try pool(image(before))), rows(try pool(image(after))))
    }
    let slide = try pooled(24)
    XCTAssertEqual(slide.before, [[29, 42], [18, 18]])
    XCTAssertEqual(slide.after, [[29, 42], [18, 18]])
    // With the 35 of the slide before, the shift would show: 35 moves into the first window.
    let unchanged = try pooled(35)
    XCTAssertEqual(unchanged.before, [[29, 42], [18, 18]])
    XCTAssertEqual(unchanged.after, [[35, 42], [18, 18]])
  }

  func testLeNetExtents() throws {  // S47, S48
    let (filter, pooling) = (Window(kernel: 5), Window(kernel: 2, stride: 2))
    var extents: [Extent?] = [32]
    for window in [filter, pooling, filter, pooling] {
      extents.append(extents.last.flatMap { $0 }.flatMap { window.outputExtent(of: $0) })
    }
    XCTAssertEqual(extents, [32, 28, 14, 10, 5])
  }
}
