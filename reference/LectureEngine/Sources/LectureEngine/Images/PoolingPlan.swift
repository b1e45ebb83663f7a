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
    let count = outputShape.reduce(1, *)
    var switches: [Int32] = []
    let output = Tensor<Scalar>(shape: outputShape) { out in
      switches = [Int32](unsafeUninitializedCapacity: count) { places, initialized in
        guard let places = places.baseAddress else { return }
        input.read { input in
          withUnsafePointer(to: sizes) {
            Scalar.lectureKernels.images.maxPool(planes, $0, input, out, places)
          }
        }
        initialized = count
      }
    }
    return (output, switches)
  }

  func unpool<Scalar: LectureScalar>(
    _ values: Tensor<Scalar>,
    switches: [Int32]
  ) -> Tensor<Scalar> {
    Tensor(shape: inputShape) { image in
      values.read { values in
        switches.withUnsafeBufferPointer { switches in
          guard let switches = switches.baseAddress else { return }
          withUnsafePointer(to: sizes) {
            Scalar.lectureKernels.images.unpool(planes, $0, values, switches, image)
          }
        }
      }
    }
  }

  func averages<Scalar: LectureScalar>(
    _ input: Tensor<Scalar>,
    countingPadding: Bool
  ) -> Tensor<Scalar> {
    Tensor(shape: outputShape) { out in
      input.read { input in
        withUnsafePointer(to: sizes) {
          Scalar.lectureKernels.images.averagePool(planes, $0, countingPadding, input, out)
        }
      }
    }
  }

  func averageGradient<Scalar: LectureScalar>(
    _ dOutput: Tensor<Scalar>,
    countingPadding: Bool
  ) -> Tensor<Scalar> {
    Tensor(shape: inputShape) { dInput in
      dOutput.read { dOutput in
        withUnsafePointer(to: sizes) {
          Scalar.lectureKernels.images.averagePoolGradient(
            planes,
            $0,
            countingPadding,
            dOutput,
            dInput
          )
        }
      }
    }
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
