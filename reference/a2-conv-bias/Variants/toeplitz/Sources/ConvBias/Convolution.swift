// The layer as what it is: one large matrix with the taps on its diagonals.
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
  let (n, h, w) = (x.shape[0], x.shape[2], x.shape[3])
  let rows = try outputSize(
    input: h,
    kernel: weight.shape[2],
    stride: stride.0,
    padding: padding.0
  )
  let columns = try outputSize(
    input: w,
    kernel: weight.shape[3],
    stride: stride.1,
    padding: padding.1
  )
  let matrix = layerMatrix(weight, (h, w), (rows, columns), stride, padding)
  let answers = try x.reshaped(n, matrix.shape[0]).matmul(matrix)
  let y = answers.reshaped(n, weight.shape[0], rows, columns)
  guard let bias else { return y }
  return y + bias.reshaped(bias.count, 1, 1)
}

// [c h w, o h' w']
func layerMatrix(
  _ weight: Tensor<Double>,
  _ size: (Int, Int),
  _ output: (Int, Int),
  _ stride: (Int, Int),
  _ padding: (Int, Int)
) -> Tensor<Double> {
  let (o, c, kh, kw) = (weight.shape[0], weight.shape[1], weight.shape[2], weight.shape[3])
  var matrix = Tensor<Double>.zeros(c * size.0 * size.1, o * output.0 * output.1)
  for f in 0..<o {
    for i in 0..<output.0 {
      for j in 0..<output.1 {
        for k in 0..<c {
          for row in 0..<size.0 {
            for column in 0..<size.1 {
              let u = row + padding.0 - i * stride.0
              let v = column + padding.1 - j * stride.1
              guard u >= 0, u < kh, v >= 0, v < kw else { continue }
              let from = (k * size.0 + row) * size.1 + column
              matrix[from, (f * output.0 + i) * output.1 + j] = weight[f, k, u, v]
            }
          }
        }
      }
    }
  }
  return matrix
}
