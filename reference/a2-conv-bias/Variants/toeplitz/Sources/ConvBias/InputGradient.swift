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
  let n = dY.shape[0]
  let output = (dY.shape[2], dY.shape[3])
  let matrix = layerMatrix(weight, inputSize, output, stride, padding)
  let dX = try dY.reshaped(n, matrix.shape[1]).matmul(matrix.transposed())
  return dX.reshaped(n, weight.shape[1], inputSize.0, inputSize.1)
}
