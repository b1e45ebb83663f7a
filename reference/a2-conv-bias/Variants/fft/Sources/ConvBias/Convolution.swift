// By fast Fourier transforms: the response at stride 1, of which the stride takes its part.
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
  var side = 1
  while side < max(h + 2 * padding.0, w + 2 * padding.1) { side *= 2 }
  let filters = waves(of: weight, side: side, at: (0, 0))
  let images = waves(of: x, side: side, at: padding)

  var y = Tensor<Double>.zeros(n, o, rows, columns)
  for m in 0..<n {
    for f in 0..<o {
      var sum = Waves(side: side)
      for k in 0..<c {
        let (a, b) = (images[m * c + k], filters[f * c + k])
        for place in 0..<side * side {
          // Times the conjugate: a correlation, not a convolution.
          sum.real[place] += a.real[place] * b.real[place] + a.imaginary[place] * b.imaginary[place]
          sum.imaginary[place] +=
            a.imaginary[place] * b.real[place] - a.real[place] * b.imaginary[place]
        }
      }
      sum.transform(inverse: true)
      for i in 0..<rows {
        for j in 0..<columns {
          let answer = sum.real[i * stride.0 * side + j * stride.1] / Double(side * side)
          y[m, f, i, j] = answer + (bias?[f] ?? 0)
        }
      }
    }
  }
  return y
}

private func waves(of images: Tensor<Double>, side: Int, at corner: (Int, Int)) -> [Waves] {
  var result: [Waves] = []
  for m in 0..<images.shape[0] {
    for k in 0..<images.shape[1] {
      var waves = Waves(side: side)
      for i in 0..<images.shape[2] {
        for j in 0..<images.shape[3] {
          waves.real[(i + corner.0) * side + j + corner.1] = images[m, k, i, j]
        }
      }
      waves.transform(inverse: false)
      result.append(waves)
    }
  }
  return result
}
