public import CourseKit
internal import LectureKernels

/// A window that slides over an image: a filter's, or a pooling layer's.
public struct Window: Equatable, Sendable {
  /// The pixels that the window covers.
  public let kernel: Extent
  /// The window's step from one output to the next.
  public let stride: Extent
  /// The zeros on each side of the image.
  public let padding: Extent

  /// A window of a given size; it moves by one pixel and over no padding unless said.
  ///
  /// - Precondition: The window covers a pixel, it moves, and padding is not negative.
  public init(kernel: Extent, stride: Extent = 1, padding: Extent = 0) {
    precondition(
      min(kernel.height, kernel.width, stride.height, stride.width) > 0
        && min(padding.height, padding.width) >= 0,
      "Window: kernel \(kernel), stride \(stride), padding \(padding)"
    )
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
  }

  /// The extent of an image's outputs; nil if it is smaller than the window, padding included.
  ///
  /// `⌊(h + 2 padding − kernel) / stride⌋ + 1`, and the same for the width. LeNet-5 goes
  /// 32 → 28 → 14 → 10 → 5 with windows of 5, 2 (stride 2), 5 and 2 (stride 2).
  public func outputExtent(of image: Extent) -> Extent? {
    let room = Extent(
      image.height + 2 * padding.height - kernel.height,
      image.width + 2 * padding.width - kernel.width
    )
    guard min(image.height, image.width) > 0, min(room.height, room.width) >= 0 else { return nil }
    return Extent(room.height / stride.height + 1, room.width / stride.width + 1)
  }

  /// The number of outputs that see each pixel of an image, `[h, w]`.
  ///
  /// Pixels at the border are seen least, which padding mends: a corner of a 4 by 4 image counts
  /// once under a 2 by 2 filter, and four times with padding 1.
  ///
  /// - Throws: `ShapeMismatch` when the image is smaller than the window.
  public func useCounts(of image: Extent) throws -> Tensor<Double> {
    let ones = Tensor<Double>.ones(1, 1, kernel.height, kernel.width)
    let shape = [1, 1, image.height, image.width]
    let plan = try ConvolutionPlan(
      "window",
      input: shape,
      weight: ones.shape,
      window: self,
      groups: 1
    )
    return plan.transposed(.ones(shape: plan.outputShape), weight: ones, bias: nil)
      .reshaped(image.height, image.width)
  }

  /// The sizes as the kernels take them.
  func sizes(from image: Extent, to output: Extent) -> lk_window {
    lk_window(
      in_h: image.height,
      in_w: image.width,
      out_h: output.height,
      out_w: output.width,
      kernel_h: kernel.height,
      kernel_w: kernel.width,
      stride_h: stride.height,
      stride_w: stride.width,
      pad_h: padding.height,
      pad_w: padding.width
    )
  }
}
