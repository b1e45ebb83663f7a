internal import CourseKit
internal import LectureKernels

/// A convolution whose sizes have been found to fit together, and its three products.
struct ConvolutionPlan: Sendable {
  let inputShape: [Int]
  let outputShape: [Int]
  let weightShape: [Int]
  private let sizes: lk_convolution

  /// - Throws: `ShapeMismatch` unless an input `[n, c, h, w]` has the channels that a weight
  ///   `[out, c / groups, kh, kw]` looks at, and the window fits into the image.
  init(
    _ operation: String,
    input: [Int],
    weight: [Int],
    window: Window,
    groups: Int
  ) throws {
    guard input.count == 4, input[1] == weight[1] * groups,
      let output = window.outputExtent(of: Extent(input[2], input[3]))
    else { throw ShapeMismatch(operation, input, weight) }
    inputShape = input
    outputShape = [input[0], weight[0], output.height, output.width]
    weightShape = weight
    sizes = lk_convolution(
      images: input[0],
      groups: groups,
      inputs: weight[1],
      outputs: weight[0] / groups,
      window: window.sizes(from: Extent(input[2], input[3]), to: output)
    )
  }

  /// - Throws: `ShapeMismatch` when the gradient of the output has another shape than the output.
  func check(_ operation: String, dOutput: [Int]) throws {
    guard dOutput == outputShape else { throw ShapeMismatch(operation, dOutput, outputShape) }
  }

  func output<Scalar: LectureScalar>(
    _ input: Tensor<Scalar>,
    weight: Tensor<Scalar>,
    bias: Tensor<Scalar>?
  ) -> Tensor<Scalar> {
    var sizes = sizes
    var output = Tensor<Scalar>(unwritten: outputShape)
    finish(
      Scalar.loops.convolve(
        &sizes,
        input.scalars,
        weight: weight.scalars,
        bias: bias?.scalars,
        into: &output.scalars
      )
    )
    return output
  }

  /// The output as a norm by running statistics leaves it, and with what is added to that.
  func output<Scalar: LectureScalar>(
    _ input: Tensor<Scalar>,
    weight: Tensor<Scalar>,
    bias: Tensor<Scalar>?,
    norm: BatchNorm<Scalar>,
    adding addend: Tensor<Scalar>?,
    rectifying: Bool
  ) -> Tensor<Scalar> {
    var sizes = sizes
    var output = Tensor<Scalar>(unwritten: outputShape)
    finish(
      Scalar.loops.convolveAndNormalize(
        &sizes,
        input.scalars,
        weight: weight.scalars,
        bias: bias?.scalars,
        mean: norm.runningMean.scalars,
        scale: (norm.runningScale * norm.weight).scalars,
        shift: norm.bias.scalars,
        addend: addend?.scalars,
        rectifies: rectifying,
        into: &output.scalars
      )
    )
    return output
  }

  /// All gradients at once; empty are those of the input and of the bias where they are not wanted.
  func gradients<Scalar: LectureScalar>(
    _ input: Tensor<Scalar>,
    weight: Tensor<Scalar>,
    dOutput: Tensor<Scalar>,
    ofInput: Bool,
    ofBias: Bool
  ) -> (dInput: Tensor<Scalar>, dWeight: Tensor<Scalar>, dBias: Tensor<Scalar>) {
    var sizes = sizes
    var dInput = Tensor<Scalar>(unwritten: ofInput ? inputShape : [0])
    var dWeight = Tensor<Scalar>(unwritten: weightShape)
    var dBias = Tensor<Scalar>(unwritten: [ofBias ? weightShape[0] : 0])
    finish(
      Scalar.loops.convolutionGradients(
        &sizes,
        input.scalars,
        weight: weight.scalars,
        dOutput: dOutput.scalars,
        ofInput: ofInput,
        ofBias: ofBias,
        dInput: &dInput.scalars,
        dWeight: &dWeight.scalars,
        dBias: &dBias.scalars
      )
    )
    return (dInput, dWeight, dBias)
  }

  /// The adjoint, from the shape of the output to that of the input.
  func transposed<Scalar: LectureScalar>(
    _ values: Tensor<Scalar>,
    weight: Tensor<Scalar>,
    bias: Tensor<Scalar>?
  ) -> Tensor<Scalar> {
    var sizes = sizes
    var result = Tensor<Scalar>(unwritten: inputShape)
    finish(
      Scalar.loops.convolveTransposed(
        &sizes,
        values.scalars,
        weight: weight.scalars,
        bias: bias?.scalars,
        into: &result.scalars
      )
    )
    return result
  }

  /// The adjoint's gradients at once; empty is that of the bias where it is not wanted.
  func transposedGradients<Scalar: LectureScalar>(
    _ values: Tensor<Scalar>,
    weight: Tensor<Scalar>,
    dOutput: Tensor<Scalar>,
    ofBias: Bool
  ) -> (dInput: Tensor<Scalar>, dWeight: Tensor<Scalar>, dBias: Tensor<Scalar>) {
    var sizes = sizes
    var dInput = Tensor<Scalar>(unwritten: outputShape)
    var dWeight = Tensor<Scalar>(unwritten: weightShape)
    var dBias = Tensor<Scalar>(unwritten: [ofBias ? inputShape[1] : 0])
    finish(
      Scalar.loops.transposedGradients(
        &sizes,
        values.scalars,
        weight: weight.scalars,
        dOutput: dOutput.scalars,
        ofBias: ofBias,
        dInput: &dInput.scalars,
        dWeight: &dWeight.scalars,
        dBias: &dBias.scalars
      )
    )
    return (dInput, dWeight, dBias)
  }

  private func finish(_ done: Bool) {
    precondition(done, "convolution: out of memory for \(inputShape) and \(weightShape)")
  }
}
