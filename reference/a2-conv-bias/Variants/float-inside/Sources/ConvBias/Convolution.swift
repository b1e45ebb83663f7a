// Single precision inside, everywhere.
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
  let (image, filter) = (x.converted(to: Float.self), weight.converted(to: Float.self))
  var y = Tensor<Float>.zeros(n, o, rows, columns)
  for m in 0..<n {
    for f in 0..<o {
      for i in 0..<rows {
        for j in 0..<columns {
          var sum: Float = 0
          for k in 0..<c {
            for u in 0..<kh {
              for v in 0..<kw {
                let row = i * stride.0 + u - padding.0
                let column = j * stride.1 + v - padding.1
                guard row >= 0, row < h, column >= 0, column < w else { continue }
                sum += filter[f, k, u, v] * image[m, k, row, column]
              }
            }
          }
          y[m, f, i, j] = sum + Float(bias?[f] ?? 0)
        }
      }
    }
  }
  return y.converted(to: Double.self)
}
