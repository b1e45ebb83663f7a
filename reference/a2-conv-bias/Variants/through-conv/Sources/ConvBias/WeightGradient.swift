// A convolution of x with dY as its filters, spread by the stride, and cut to size.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

/// `[a, b, ...]` with its first two axes exchanged.
func exchanged(_ x: Tensor<Double>) -> Tensor<Double> {
  let (a, b, size) = (x.shape[0], x.shape[1], x.shape[2] * x.shape[3])
  var result = Tensor<Double>.zeros(b, a, x.shape[2], x.shape[3])
  for i in 0..<a {
    for j in 0..<b {
      for p in 0..<size {
        result.scalars[(j * a + i) * size + p] = x.scalars[(i * b + j) * size + p]
      }
    }
  }
  return result
}

/// `stride - 1` zeros between neighbours.
func spread(_ y: Tensor<Double>, _ stride: (Int, Int)) -> Tensor<Double> {
  let (h, w) = ((y.shape[2] - 1) * stride.0 + 1, (y.shape[3] - 1) * stride.1 + 1)
  var result = Tensor<Double>.zeros(y.shape[0], y.shape[1], h, w)
  for m in 0..<y.shape[0] {
    for f in 0..<y.shape[1] {
      for i in 0..<y.shape[2] {
        for j in 0..<y.shape[3] { result[m, f, i * stride.0, j * stride.1] = y[m, f, i, j] }
      }
    }
  }
  return result
}

public func convGradWeight(
  dY: Tensor<Double>,
  x: Tensor<Double>,
  kernel: (Int, Int),
  stride: (Int, Int),
  padding: (Int, Int)
) throws -> Tensor<Double> {
  try requireShapes(["n o h' w'": dY, "n c h w": x])
  let all = try conv2d(
    exchanged(x),
    weight: exchanged(spread(dY, stride)),
    bias: nil,
    stride: (1, 1),
    padding: padding
  )
  let turned = exchanged(all)
  var result = Tensor<Double>.zeros(dY.shape[1], x.shape[1], kernel.0, kernel.1)
  for f in 0..<dY.shape[1] {
    for k in 0..<x.shape[1] {
      for u in 0..<kernel.0 {
        for v in 0..<kernel.1 { result[f, k, u, v] = turned[f, k, u, v] }
      }
    }
  }
  return result
}
