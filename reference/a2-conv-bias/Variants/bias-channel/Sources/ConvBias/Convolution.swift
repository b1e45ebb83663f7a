// The bias as the weight of one more channel that is 1 everywhere, in the padding too.
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
  var image = Tensor<Double>.zeros(n, c + 1, h + 2 * padding.0, w + 2 * padding.1)
  for m in 0..<n {
    for k in 0...c {
      for i in 0..<image.shape[2] {
        for j in 0..<image.shape[3] {
          let (row, column) = (i - padding.0, j - padding.1)
          if k == c {
            image[m, k, i, j] = 1
          } else if row >= 0, row < h, column >= 0, column < w {
            image[m, k, i, j] = x[m, k, row, column]
          }
        }
      }
    }
  }
  var filter = Tensor<Double>.zeros(o, c + 1, kh, kw)
  for f in 0..<o {
    for k in 0..<c {
      for u in 0..<kh {
        for v in 0..<kw { filter[f, k, u, v] = weight[f, k, u, v] }
      }
    }
    filter[f, c, 0, 0] = bias?[f] ?? 0
  }
  var y = Tensor<Double>.zeros(n, o, rows, columns)
  for m in 0..<n {
    for f in 0..<o {
      for i in 0..<rows {
        for j in 0..<columns {
          for k in 0...c {
            for u in 0..<kh {
              for v in 0..<kw {
                let pixel = image[m, k, i * stride.0 + u, j * stride.1 + v]
                y[m, f, i, j] += filter[f, k, u, v] * pixel
              }
            }
          }
        }
      }
    }
  }
  return y
}
