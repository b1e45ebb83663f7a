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
  let (o, rows, columns) = (dY.shape[1], dY.shape[2], dY.shape[3])
  let padded = framed(x, padding)
  var dWeight = Tensor<Double>.zeros(o, x.shape[1], kernel.0, kernel.1)
  for u in 0..<kernel.0 {
    for v in 0..<kernel.1 {
      for k in 0..<x.shape[1] {
        let seen = slice(padded, channel: k, from: (u, v), by: stride, count: (rows, columns))
        let products = (dY * seen).sum(axis: 0).sum(axis: 1).sum(axis: 1)
        for f in 0..<o { dWeight[f, k, u, v] = products[f] }
      }
    }
  }
  return dWeight
}
