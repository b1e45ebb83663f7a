// For each tap the whole image, shifted and thinned out, times one number.
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
  let (n, c, o) = (x.shape[0], x.shape[1], weight.shape[0])
  let padded = framed(x, padding)
  let rows = try outputSize(
    input: padded.shape[2],
    kernel: weight.shape[2],
    stride: stride.0,
    padding: 0
  )
  let columns = try outputSize(
    input: padded.shape[3],
    kernel: weight.shape[3],
    stride: stride.1,
    padding: 0
  )
  var y = Tensor<Double>.zeros(n, o, rows, columns)
  for u in 0..<weight.shape[2] {
    for v in 0..<weight.shape[3] {
      for k in 0..<c {
        let seen = slice(padded, channel: k, from: (u, v), by: stride, count: (rows, columns))
        let taps = Tensor((0..<o).map { weight[$0, k, u, v] })
        y += taps.reshaped(o, 1, 1) * seen
      }
    }
  }
  guard let bias else { return y }
  return y + bias.reshaped(o, 1, 1)
}

// The image with zeros around it.
func framed(_ x: Tensor<Double>, _ padding: (Int, Int)) -> Tensor<Double> {
  let (n, c, h, w) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3])
  var framed = Tensor<Double>.zeros(n, c, h + 2 * padding.0, w + 2 * padding.1)
  for m in 0..<n {
    for k in 0..<c {
      for i in 0..<h {
        for j in 0..<w { framed[m, k, i + padding.0, j + padding.1] = x[m, k, i, j] }
      }
    }
  }
  return framed
}

// One channel, from a corner on, every so many rows and columns: [n, 1, rows, columns].
func slice(
  _ x: Tensor<Double>,
  channel: Int,
  from corner: (Int, Int),
  by step: (Int, Int),
  count: (Int, Int)
) -> Tensor<Double> {
  var seen = Tensor<Double>.zeros(x.shape[0], 1, count.0, count.1)
  for m in 0..<x.shape[0] {
    for i in 0..<count.0 {
      for j in 0..<count.1 {
        seen[m, 0, i, j] = x[m, channel, corner.0 + i * step.0, corner.1 + j * step.1]
      }
    }
  }
  return seen
}
