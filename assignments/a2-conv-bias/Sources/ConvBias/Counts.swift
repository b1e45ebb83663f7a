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
  throw NotImplemented()
}
