public import CourseKit

extension Conv2d {
  /// The fully connected layer that does the same: one row for each output, one column per input.
  ///
  /// Most of it is zeros, and what is not repeats: a 2 by 2 filter over a 4 by 4 image has 4
  /// weights, its matrix 9 rows of 16. Biases are left out.
  ///
  /// Shapes: for images `[c, h, w]`, the matrix is `[out h' w', c h w]`.
  ///
  /// - Throws: `ShapeMismatch` when the image is smaller than the window.
  public func matrix(forImagesOf extent: Extent) throws -> Tensor<Scalar> {
    let channels = weight.shape[1] * groups
    let count = channels * extent.height * extent.width
    var images = Tensor<Scalar>.zeros(count, count)
    for pixel in 0..<count { images[pixel, pixel] = 1 }
    let plan = try plan(for: [count, channels, extent.height, extent.width])
    return plan.output(images.reshaped(to: plan.inputShape), weight: weight, bias: nil)
      .reshaped(count, plan.outputShape.dropFirst().reduce(1, *))
      .transposed()
  }
}
