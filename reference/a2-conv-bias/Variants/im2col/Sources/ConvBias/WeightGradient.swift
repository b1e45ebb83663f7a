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
  let (n, o, rows, columns) = (dY.shape[0], dY.shape[1], dY.shape[2], dY.shape[3])
  let c = x.shape[1]
  let places = windowPlaces(
    channels: c,
    size: (x.shape[2], x.shape[3]),
    kernel: kernel,
    output: (rows, columns),
    stride: stride,
    padding: padding
  )
  var sum = Tensor<Double>.zeros(o, places.count)
  for m in 0..<n {
    let windows = gather(x.row(m), places)
    sum += try dY.row(m).reshaped(o, rows * columns).matmul(windows.transposed())
  }
  return sum.reshaped(o, c, kernel.0, kernel.1)
}
