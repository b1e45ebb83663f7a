// Windows as columns of a matrix, filters as rows of another: one product for each sample.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

public func conv2d(
  _ x: Tensor<Double>,
  weight: Tensor<Double>,
  bias: Tensor<Double>?,
  stride: (Int, Int),
  padding: (Int, Int)
) throws -> Tensor<Double> {
  try requireShapes(["n c h w": x, "o c kh kw": weight, "o": bias])
  let (n, c, h, w) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3])
  let (o, kh, kw) = (weight.shape[0], weight.shape[2], weight.shape[3])
  let rows = try outputSize(input: h, kernel: kh, stride: stride.0, padding: padding.0)
  let columns = try outputSize(input: w, kernel: kw, stride: stride.1, padding: padding.1)
  let places = windowPlaces(
    channels: c,
    size: (h, w),
    kernel: (kh, kw),
    output: (rows, columns),
    stride: stride,
    padding: padding
  )
  let filters = weight.reshaped(o, c * kh * kw)
  let offset = bias ?? .zeros(o)
  var y: [Double] = []
  for m in 0..<n {
    let answers = try filters.matmul(gather(x.row(m), places))
    y += (answers + offset.reshaped(o, 1)).scalars
  }
  return Tensor(shape: [n, o, rows, columns], scalars: y)
}
