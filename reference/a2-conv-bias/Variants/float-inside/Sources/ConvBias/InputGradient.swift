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
  var dX = Tensor<Float>.zeros(n, c, inputSize.0, inputSize.1)
  for m in 0..<n {
    for f in 0..<o {
      for i in 0..<rows {
        for j in 0..<columns {
          for u in 0..<kh {
            for v in 0..<kw {
              let row = i * stride.0 + u - padding.0
              let column = j * stride.1 + v - padding.1
              guard row >= 0, row < inputSize.0, column >= 0, column < inputSize.1 else { continue }
              for k in 0..<c {
                dX[m, k, row, column] += Float(dY[m, f, i, j]) * Float(weight[f, k, u, v])
              }
            }
          }
        }
      }
    }
  }
  return dX.converted(to: Double.self)
}
