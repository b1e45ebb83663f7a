// All sums from the last addend to the first, the bias in the middle.
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
  var y = Tensor<Double>.zeros(n, o, rows, columns)
  for k in (0..<c).reversed() {
    for v in (0..<kw).reversed() {
      for u in (0..<kh).reversed() {
        for m in 0..<n {
          for f in 0..<o {
            for i in 0..<rows {
              for j in 0..<columns {
                let row = i * stride.0 + u - padding.0
                let column = j * stride.1 + v - padding.1
                guard row >= 0, row < h, column >= 0, column < w else { continue }
                y[m, f, i, j] += x[m, k, row, column] * weight[f, k, u, v]
              }
            }
          }
        }
      }
    }
    if k == c / 2, let bias { y += bias.reshaped(o, 1, 1) }
  }
  return y
}
