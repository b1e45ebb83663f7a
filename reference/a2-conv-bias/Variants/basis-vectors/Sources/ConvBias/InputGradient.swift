// The layer is linear in its input: one pixel at a time tells how it reaches the outputs.
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
  let c = weight.shape[1]
  var dX = Tensor<Double>.zeros(n, c, inputSize.0, inputSize.1)
  for k in 0..<c {
    for i in 0..<inputSize.0 {
      for j in 0..<inputSize.1 {
        var pixel = Tensor<Double>.zeros(1, c, inputSize.0, inputSize.1)
        pixel[0, k, i, j] = 1
        let y = try conv2d(pixel, weight: weight, bias: nil, stride: stride, padding: padding)
        for m in 0..<n {
          dX[m, k, i, j] = (dY.row(m) * y.reshaped(o, rows, columns)).sum()
        }
      }
    }
  }
  return dX
}
