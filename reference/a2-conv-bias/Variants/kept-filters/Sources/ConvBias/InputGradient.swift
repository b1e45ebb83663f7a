// A slip over two files: the convolution keeps its filters, and the gradient of the images uses
// what it kept.
// expect: grad-input, grad-input-stride-padding
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

public func convGradInput(
  dY: Tensor<Double>,
  weight: Tensor<Double>,
  inputSize: (Int, Int),
  stride: (Int, Int),
  padding: (Int, Int)
) throws -> Tensor<Double> {
  try requireShapes(["n o h' w'": dY, "o c kh kw": weight])
  let weight = Kept.filters[weight.shape] ?? weight
  let (n, o, rows, columns) = (dY.shape[0], dY.shape[1], dY.shape[2], dY.shape[3])
  let (c, kh, kw) = (weight.shape[1], weight.shape[2], weight.shape[3])
  var dX = Tensor<Double>.zeros(n, c, inputSize.0, inputSize.1)

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
