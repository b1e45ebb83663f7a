import ConvBiasTask
import CourseKit

// Part 2. `n` samples, `c` input channels, `o` output channels; equations are numbered as in
// README.md. A pair such as `stride` holds the number for the rows first.

/// Convolves images with filters, at every position: equation (1).
///
/// Shapes: `x` `[n, c, h, w]`, `weight` `[o, c, kh, kw]`, `bias` `[o]`, where nil means zeros; the
/// result is `[n, o, h', w']` with the sizes of part 1.
public func conv2d(
  _ x: Tensor<Double>,
  weight: Tensor<Double>,
  bias: Tensor<Double>?,
  stride: (Int, Int),
  padding: (Int, Int)
) throws -> Tensor<Double> {
  try requireShapes(["n c h w": x, "o c kh kw": weight, "o": bias])
  throw NotImplemented()
}
