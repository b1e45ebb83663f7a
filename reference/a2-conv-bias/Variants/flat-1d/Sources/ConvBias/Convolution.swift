// The padded image in one line, filters as offsets on it; the stride picks at the end.
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
  let (ph, pw) = (h + 2 * padding.0, w + 2 * padding.1)
  let rows = try outputSize(input: h, kernel: kh, stride: stride.0, padding: padding.0)
  let columns = try outputSize(input: w, kernel: kw, stride: stride.1, padding: padding.1)
  var out: [Double] = []
  out.reserveCapacity(n * o * rows * columns)
  for m in 0..<n {
    var lines = [[Double]](repeating: [Double](repeating: 0, count: ph * pw), count: c)
    for k in 0..<c {
      for i in 0..<h {
        let from = ((m * c + k) * h + i) * w
        let to = (i + padding.0) * pw + padding.1
        lines[k].replaceSubrange(to..<(to + w), with: x.scalars[from..<(from + w)])
      }
    }
    for f in 0..<o {
      let b = bias.map { $0[f] } ?? 0
      var line = [Double](repeating: b, count: ph * pw)
      for k in 0..<c {
        for u in 0..<kh {
          for v in 0..<kw {
            let t = weight[f, k, u, v]
            let offset = u * pw + v
            for p in 0..<(ph * pw - offset) { line[p] += t * lines[k][p + offset] }
          }
        }
      }
      for i in 0..<rows {
        for j in 0..<columns { out.append(line[i * stride.0 * pw + j * stride.1]) }
      }
    }
  }
  return Tensor(shape: [n, o, rows, columns], scalars: out)
}
