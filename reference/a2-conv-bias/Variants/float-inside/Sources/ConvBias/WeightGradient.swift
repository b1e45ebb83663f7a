// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

public func convGradWeight(
  dY: Tensor<Double>,
  x: Tensor<Double>,
  kernel: (Int, Int),
  stride: (Int, Int),
  padding: (Int, Int)
) throws -> Tensor<Double> {
  try requireShapes(["n o h' w'": dY, "n c h w": x])
  let (n, o, rows, columns) = (dY.shape[0], dY.shape[1], dY.shape[2], dY.shape[3])
  let (c, h, w) = (x.shape[1], x.shape[2], x.shape[3])
  var dWeight = Tensor<Float>.zeros(o, c, kernel.0, kernel.1)
  for m in 0..<n {
    for i in 0..<rows {
      for j in 0..<columns {
        for u in 0..<kernel.0 {
          for v in 0..<kernel.1 {
            let row = i * stride.0 + u - padding.0
            let column = j * stride.1 + v - padding.1
            guard row >= 0, row < h, column >= 0, column < w else { continue }
            for f in 0..<o {
              for k in 0..<c {
                dWeight[f, k, u, v] += Float(dY[m, f, i, j]) * Float(x[m, k, row, column])
              }
            }
          }
        }
      }
    }
  }
  return dWeight.converted(to: Double.self)
}
