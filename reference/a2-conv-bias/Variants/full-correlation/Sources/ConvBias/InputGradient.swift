// The gradient spread out by the stride, then correlated in full with the flipped filter.
// expect: full
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
  let (n, o, rows, columns) = (dY.shape[0], dY.shape[1], dY.shape[2], dY.shape[3])
  let (c, kh, kw) = (weight.shape[1], weight.shape[2], weight.shape[3])
  // As large as the gradient of a stride of 1 would be; what the stride left over stays zero.
  let height = inputSize.0 + 2 * padding.0 - kh + 1
  let width = inputSize.1 + 2 * padding.1 - kw + 1
  var spread = Tensor<Double>.zeros(n, o, height + 2 * (kh - 1), width + 2 * (kw - 1))
  for m in 0..<n {
    for f in 0..<o {
      for i in 0..<rows {
        for j in 0..<columns {
          spread[m, f, kh - 1 + i * stride.0, kw - 1 + j * stride.1] = dY[m, f, i, j]
        }
      }
    }
  }
  var flipped = Tensor<Double>.zeros(c, o, kh, kw)
  for f in 0..<o {
    for k in 0..<c {
      for u in 0..<kh {
        for v in 0..<kw { flipped[k, f, kh - 1 - u, kw - 1 - v] = weight[f, k, u, v] }
      }
    }
  }
  let full = try conv2d(spread, weight: flipped, bias: nil, stride: (1, 1), padding: (0, 0))
  var dX = Tensor<Double>.zeros(n, c, inputSize.0, inputSize.1)
  for m in 0..<n {
    for k in 0..<c {
      for i in 0..<inputSize.0 {
        for j in 0..<inputSize.1 { dX[m, k, i, j] = full[m, k, i + padding.0, j + padding.1] }
      }
    }
  }
  return dX
}
