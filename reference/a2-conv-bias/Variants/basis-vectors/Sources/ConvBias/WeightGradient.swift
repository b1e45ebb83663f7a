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
  let (o, c) = (dY.shape[1], x.shape[1])
  var dWeight = Tensor<Double>.zeros(o, c, kernel.0, kernel.1)
  for k in 0..<c {
    for u in 0..<kernel.0 {
      for v in 0..<kernel.1 {
        var tap = Tensor<Double>.zeros(1, c, kernel.0, kernel.1)
        tap[0, k, u, v] = 1
        let y = try conv2d(x, weight: tap, bias: nil, stride: stride, padding: padding)
        let sums = (dY * y).sum(axis: 3).sum(axis: 2).sum(axis: 0)
        for f in 0..<o { dWeight[f, k, u, v] = sums[f] }
      }
    }
  }
  return dWeight
}
