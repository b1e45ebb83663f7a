// Seven loops over bare arrays, the bias first.
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
  let rows = (h + 2 * padding.0 - kh) / stride.0 + 1
  let columns = (w + 2 * padding.1 - kw) / stride.1 + 1
  var y: [Double] = []
  let (image, filter) = (x.scalars, weight.scalars)
  for m in 0..<n {
    for f in 0..<o {
      for i in 0..<rows {
        for j in 0..<columns {
          var sum = bias?[f] ?? 0
          for k in 0..<c {
            for u in 0..<kh {
              for v in 0..<kw {
                let row = i * stride.0 + u - padding.0
                let column = j * stride.1 + v - padding.1
                if row < 0 || row >= h || column < 0 || column >= w { continue }
                let tap = filter[((f * c + k) * kh + u) * kw + v]
                sum += tap * image[((m * c + k) * h + row) * w + column]
              }
            }
          }
          y.append(sum)
        }
      }
    }
  }
  return Tensor(shape: [n, o, rows, columns], scalars: y)
}
