import ConvBiasTask
import CourseKit

// Part 4, the second gradient of equation (1).

/// From `∂J/∂y` to `∂J/∂w`. Which products does one `w_fkuv` stand in?
///
/// The size `(kh, kw)` of the filters has to be given: `x` and `dY` alone do not tell it when the
/// stride leaves a rest.
///
/// Shapes: `dY` `[n, o, h', w']`, `x` `[n, c, h, w]`; the result is `[o, c, kh, kw]`.
public func convGradWeight(
  dY: Tensor<Double>,
  x: Tensor<Double>,
  kernel: (Int, Int),
  stride: (Int, Int),
  padding: (Int, Int)
) throws -> Tensor<Double> {
  try requireShapes(["n o h' w'": dY, "n c h w": x])
  throw NotImplemented()
}
