import CourseKit
import LectureEngine
import XCTest

/// Convolution and pooling beside PyTorch's, in both precisions.
final class ImageGoldenTests: XCTestCase {
  func testConv1d() throws {
    try conv1d("conv1d", stride: 1, padding: 0, groups: 1)
    try conv1d("conv1d_strided", stride: 2, padding: 2, groups: 1)
    try conv1d("conv1d_groups", stride: 1, padding: 1, groups: 2)
    try conv1d("conv1d_depthwise", stride: 1, padding: 1, groups: 4)
  }

  func testConv2d() throws {
    try conv2d("conv2d")
    try conv2d("conv2d_without_bias")
    try conv2d("conv2d_1x1")
  }

  func testConv2dWithStrideAndPadding() throws {
    try conv2d("conv2d_oblong", stride: Extent(2, 1), padding: Extent(1, 0))
    try conv2d("conv2d_strided", stride: 2, padding: 1)
    try conv2d("conv2d_big_stride", stride: 3)
    try conv2d("conv2d_1x1_strided", stride: 2)
    try conv2d("conv2d_stem", stride: 2, padding: 3)
  }

  func testConv2dWithGroups() throws {
    try conv2d("conv2d_groups", padding: 1, groups: 2)
    try conv2d("conv2d_depthwise", stride: 2, padding: 1, groups: 4)
    try conv2d("conv2d_multiplier", padding: 1, groups: 4)
  }

  func testTransposedConv2d() throws {
    try transposed("conv_transpose2d", stride: 1, padding: 0)
    try transposed("conv_transpose2d_strided", stride: 2, padding: 1)
  }

  func testMaxPool2d() throws {
    try check("max_pool") { _ in MaxPool2d<Double>(kernel: 2) }
    try check("max_pool") { _ in MaxPool2d<Float>(kernel: 2) }
    try check("max_pool_overlapping") { _ in MaxPool2d<Double>(kernel: 3, stride: 2, padding: 1) }
    try check("max_pool_overlapping") { _ in MaxPool2d<Float>(kernel: 3, stride: 2, padding: 1) }
  }

  func testAvgPool2d() throws {
    try check("avg_pool") { _ in AvgPool2d<Double>(kernel: 2) }
    try check("avg_pool") { _ in AvgPool2d<Float>(kernel: 2) }
    try check("avg_pool_overlapping") { _ in AvgPool2d<Double>(kernel: 3, stride: 2, padding: 1) }
    try check("avg_pool_overlapping") { _ in AvgPool2d<Float>(kernel: 3, stride: 2, padding: 1) }
  }

  func testGlobalAveragePool() throws {
    try check("global_avg_pool") { _ in GlobalAveragePool<Double>() }
    try check("global_avg_pool") { _ in GlobalAveragePool<Float>() }
  }

  func testFlatten() throws {
    try check("flatten") { _ in Flatten<Double>() }
    try check("flatten") { _ in Flatten<Float>() }
  }

  func testZeroPadding2d() throws {
    try check("zero_padding") { _ in
      ZeroPadding2d<Double>(top: 3, bottom: 0, left: 1, right: 2)
    }
    try check("zero_padding") { _ in ZeroPadding2d<Float>(top: 3, bottom: 0, left: 1, right: 2) }
    try check("zero_padding_even") { _ in ZeroPadding2d<Double>(2) }
  }

  private func conv1d(_ name: String, stride: Int, padding: Int, groups: Int) throws {
    func layer<Scalar>(_ golden: LayerGolden<Scalar>) throws -> Conv1d<Scalar> {
      try Conv1d(
        weight: golden.weight,
        bias: golden.bias,
        stride: stride,
        padding: padding,
        groups: groups
      )
    }
    try check(name) { (golden: LayerGolden<Double>) in try layer(golden) }
    try check(name) { (golden: LayerGolden<Float>) in try layer(golden) }
  }

  private func conv2d(
    _ name: String,
    stride: Extent = 1,
    padding: Extent = 0,
    groups: Int = 1
  ) throws {
    func layer<Scalar>(_ golden: LayerGolden<Scalar>) throws -> Conv2d<Scalar> {
      try Conv2d(
        weight: golden.weight,
        bias: golden.bias,
        stride: stride,
        padding: padding,
        groups: groups
      )
    }
    try check(name) { (golden: LayerGolden<Double>) in try layer(golden) }
    try check(name) { (golden: LayerGolden<Float>) in try layer(golden) }
  }

  private func transposed(_ name: String, stride: Extent, padding: Extent) throws {
    func layer<Scalar>(_ golden: LayerGolden<Scalar>) throws -> TransposedConv2d<Scalar> {
      try TransposedConv2d(
        weight: golden.weight,
        bias: golden.bias,
        stride: stride,
        padding: padding
      )
    }
    try check(name) { (golden: LayerGolden<Double>) in try layer(golden) }
    try check(name) { (golden: LayerGolden<Float>) in try layer(golden) }
  }

  private func check<L: Layer>(
    _ name: String,
    _ make: (LayerGolden<L.Scalar>) throws -> L
  ) throws {
    XCTAssertEqual(try goldenErrors(name, make), [], "\(name), \(L.self)")
  }
}
