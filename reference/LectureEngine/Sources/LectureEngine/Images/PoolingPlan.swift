internal import CourseKit
internal import LectureKernels

/// A pooling whose sizes have been found to fit together, and its loops.
struct PoolingPlan: Sendable {
  let inputShape: [Int]
  let outputShape: [Int]
  private let sizes: lk_window

  private var planes: Int { inputShape[0] * inputShape[1] }

  /// - Throws: `ShapeMismatch` unless the input is `[n, c, h, w]` with room for the window.
  init(_ operation: String, input: [Int], window: Window) throws {
    guard input.count == 4, let output = window.outputExtent(of: Extent(input[2], input[3])) else {
      throw ShapeMismatch(operation, input, window.kernel.shape)
    }
    inputShape = input
    outputShape = [input[0], input[1], output.height, output.width]
    sizes = window.sizes(from: Extent(input[2], input[3]), to: output)
  }

  /// - Throws: `ShapeMismatch` when the gradient of the output has another shape than the output.
  func check(_ operation: String, dOutput: [Int]) throws {
    guard dOutput == outputShape else { throw ShapeMismatch(operation, dOutput, outputShape) }
  }

  func maxima<Scalar: LectureScalar>(
    _ input: Tensor<Scalar>
  ) -> (output: Tensor<Scalar>, switches: [Int32]) {
    var sizes = sizes
    var output = Tensor<Scalar>(unwritten: outputShape)
    var switches = [Int32](unwritten: output.count)
    Scalar.loops.maxPool(
      planes: planes,
      window: &sizes,
      input.scalars,
      into: &output.scalars,
      switches: &switches
    )
    return (output, switches)
  }

  func unpool<Scalar: LectureScalar>(
    _ values: Tensor<Scalar>,
    switches: [Int32]
  ) -> Tensor<Scalar> {
    var sizes = sizes
    var image = Tensor<Scalar>(unwritten: inputShape)
    Scalar.loops.unpool(
      planes: planes,
      window: &sizes,
      values.scalars,
      switches: switches,
      into: &image.scalars
    )
    return image
  }

  func averages<Scalar: LectureScalar>(
    _ input: Tensor<Scalar>,
    countingPadding: Bool
  ) -> Tensor<Scalar> {
    var sizes = sizes
    var output = Tensor<Scalar>(unwritten: outputShape)
    Scalar.loops.averagePool(
      planes: planes,
      window: &sizes,
      countsPadding: countingPadding,
      input.scalars,
      into: &output.scalars
    )
    return output
  }

  func averageGradient<Scalar: LectureScalar>(
    _ dOutput: Tensor<Scalar>,
    countingPadding: Bool
  ) -> Tensor<Scalar> {
    var sizes = sizes
    var dInput = Tensor<Scalar>(unwritten: inputShape)
    Scalar.loops.averagePoolGradient(
      planes: planes,
      window: &sizes,
      countsPadding: countingPadding,
      dOutput: dOutput.scalars,
      into: &dInput.scalars
    )
    return dInput
  }
}

extension Window {
  /// A pooling window; windows stand side by side unless a stride is given.
  ///
  /// - Precondition: The padding is at most half the kernel, so that no window is all padding.
  static func pooling(_ kernel: Extent, stride: Extent?, padding: Extent) -> Window {
    precondition(
      2 * padding.height <= kernel.height && 2 * padding.width <= kernel.width,
      "pooling: padding \(padding) is more than half of kernel \(kernel)"
    )
    return Window(kernel: kernel, stride: stride ?? kernel, padding: padding)
  }
}
