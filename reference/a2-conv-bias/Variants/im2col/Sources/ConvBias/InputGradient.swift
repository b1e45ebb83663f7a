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
  let places = windowPlaces(
    channels: c,
    size: inputSize,
    kernel: (kh, kw),
    output: (rows, columns),
    stride: stride,
    padding: padding
  )
  let filters = weight.reshaped(o, c * kh * kw).transposed()
  var dX = Tensor<Double>.zeros(n, c, inputSize.0, inputSize.1)
  let count = c * inputSize.0 * inputSize.1
  for m in 0..<n {
    let shares = try filters.matmul(dY.row(m).reshaped(o, rows * columns))
    for (tap, line) in places.enumerated() {
      for (position, place) in line.enumerated() where place >= 0 {
        dX.scalars[m * count + place] += shares[tap, position]
      }
    }
  }
  return dX
}
