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
  // solution
  let (n, o, rows, columns) = (dY.shape[0], dY.shape[1], dY.shape[2], dY.shape[3])
  let (c, kh, kw) = (weight.shape[1], weight.shape[2], weight.shape[3])
  var dX = Tensor<Double>.zeros(n, c, inputSize.0, inputSize.1)

  /// Gives each input its share of what comes back to one output.
  func share(_ gradient: Double, of f: Int, at top: Int, _ left: Int, of m: Int) {
    for k in 0..<c {
      for u in 0..<kh where (0..<inputSize.0).contains(top + u) {
        for v in 0..<kw where (0..<inputSize.1).contains(left + v) {
          dX[m, k, top + u, left + v] += gradient * weight[f, k, u, v]
        }
      }
    }
  }

  for m in 0..<n {
    for f in 0..<o {
      for i in 0..<rows {
        for j in 0..<columns {
          let (top, left) = (i * stride.0 - padding.0, j * stride.1 - padding.1)
          share(dY[m, f, i, j], of: f, at: top, left, of: m)
        }
      }
    }
  }
  return dX
}
