import ConvBiasTask
import CourseKit

// Part 5, the third gradient of equation (1).

/// From `∂J/∂y` to `∂J/∂x`. Which outputs did one `x_mkij` have a part in?
///
/// The size `(h, w)` of the images has to be given: a stride forgets the rest that it leaves.
///
/// Shapes: `dY` `[n, o, h', w']`, `weight` `[o, c, kh, kw]`; the result is `[n, c, h, w]`.
public func convGradInput(
  dY: Tensor<Double>,
  weight: Tensor<Double>,
  inputSize: (Int, Int),
  stride: (Int, Int),
  padding: (Int, Int)
) throws -> Tensor<Double> {
  try requireShapes(["n o h' w'": dY, "o c kh kw": weight])
  throw NotImplemented()
}
