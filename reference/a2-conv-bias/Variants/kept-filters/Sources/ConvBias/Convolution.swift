// A slip over two files: the convolution keeps its filters, and the gradient of the images uses
// what it kept.
// expect: grad-input, grad-input-stride-padding
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
  Kept.filters[weight.shape] = weight
  let (c, h, w) = (x.shape[1], x.shape[2], x.shape[3])
  let (o, kh, kw) = (weight.shape[0], weight.shape[2], weight.shape[3])
  let rows = try outputSize(input: h, kernel: kh, stride: stride.0, padding: padding.0)
  let columns = try outputSize(input: w, kernel: kw, stride: stride.1, padding: padding.1)

  func answer(_ f: Int, at top: Int, _ left: Int, of m: Int) -> Double {
    var sum = 0.0
    for k in 0..<c {
      for u in 0..<kh where (0..<h).contains(top + u) {
        for v in 0..<kw where (0..<w).contains(left + v) {
          sum += weight[f, k, u, v] * x[m, k, top + u, left + v]
        }
      }
    }
    return sum
  }

  var y = Tensor<Double>.zeros(x.shape[0], o, rows, columns)
  for m in 0..<x.shape[0] {
    for f in 0..<o {
      for i in 0..<rows {
        for j in 0..<columns {
          let (top, left) = (i * stride.0 - padding.0, j * stride.1 - padding.1)
          y[m, f, i, j] = answer(f, at: top, left, of: m) + (bias?[f] ?? 0)
        }
      }
    }
  }
  return y
}

enum Kept {
  nonisolated(unsafe) static var filters: [[Int]: Tensor<Double>] = [:]
}
