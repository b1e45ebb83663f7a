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
  // solution
  let (n, o, rows, columns) = (dY.shape[0], dY.shape[1], dY.shape[2], dY.shape[3])
  let (c, h, w) = (x.shape[1], x.shape[2], x.shape[3])

  /// The sum over all outputs that tap `(u, v)` of filter `f` on channel `k` had a part in.
  func sum(_ f: Int, _ k: Int, _ u: Int, _ v: Int) -> Double {
    var sum = 0.0
    for m in 0..<n {
      for i in 0..<rows {
        let row = i * stride.0 + u - padding.0
        guard (0..<h).contains(row) else { continue }
        for j in 0..<columns {
          let column = j * stride.1 + v - padding.1
          guard (0..<w).contains(column) else { continue }
          sum += dY[m, f, i, j] * x[m, k, row, column]
        }
      }
    }
    return sum
  }

  var dWeight = Tensor<Double>.zeros(o, c, kernel.0, kernel.1)
  for f in 0..<o {
    for k in 0..<c {
      for u in 0..<kernel.0 {
        for v in 0..<kernel.1 {
          dWeight[f, k, u, v] = sum(f, k, u, v)
        }
      }
    }
  }
  return dWeight
}
