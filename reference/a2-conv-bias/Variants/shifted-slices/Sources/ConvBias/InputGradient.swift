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
  let (n, c) = (dY.shape[0], weight.shape[1])
  var framed = Tensor<Double>.zeros(
    n,
    c,
    inputSize.0 + 2 * padding.0,
    inputSize.1 + 2 * padding.1
  )
  for u in 0..<weight.shape[2] {
    for v in 0..<weight.shape[3] {
      for k in 0..<c {
        let taps = Tensor((0..<weight.shape[0]).map { weight[$0, k, u, v] })
        let shares = (taps.reshaped(taps.count, 1, 1) * dY).sum(axis: 1)
        for m in 0..<n {
          for i in 0..<dY.shape[2] {
            for j in 0..<dY.shape[3] {
              framed[m, k, u + i * stride.0, v + j * stride.1] += shares[m, i, j]
            }
          }
        }
      }
    }
  }
  var dX = Tensor<Double>.zeros(n, c, inputSize.0, inputSize.1)
  for m in 0..<n {
    for k in 0..<c {
      for i in 0..<inputSize.0 {
        for j in 0..<inputSize.1 { dX[m, k, i, j] = framed[m, k, i + padding.0, j + padding.1] }
      }
    }
  }
  return dX
}
