import ConvBiasTask
import CourseKit

// Part 6, what sharing saves.

/// Counts the parameters of a convolution, and of two layers that could take its place.
///
/// `Counts` says which three numbers are wanted. The dense layer joins every number of the input
/// image, in all channels, with every number of the output.
///
/// - Throws: `ShapeMismatch` when the filter has no place on the image.
public func parameterCounts(
  inputChannels: Int,
  outputChannels: Int,
  kernel: (Int, Int),
  inputSize: (Int, Int),
  stride: (Int, Int),
  padding: (Int, Int)
) throws -> Counts {
  // solution
  let rows = try outputSize(
    input: inputSize.0,
    kernel: kernel.0,
    stride: stride.0,
    padding: padding.0
  )
  let columns = try outputSize(
    input: inputSize.1,
    kernel: kernel.1,
    stride: stride.1,
    padding: padding.1
  )
  let inputs = inputChannels * inputSize.0 * inputSize.1
  let outputs = outputChannels * rows * columns
  let weights = outputChannels * inputChannels * kernel.0 * kernel.1
  return Counts(
    convolution: weights + outputChannels,
    biasPerPosition: outputs,
    dense: (inputs + 1) * outputs
  )
}
