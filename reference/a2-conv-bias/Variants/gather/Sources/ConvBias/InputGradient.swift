// Seen from the pixel: the outputs that it reached, and by which tap.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import ConvBiasTask
import CourseKit

public func convGradInput(
  dY: Tensor<Double>,
  weight: Tensor<Double>,
  inputSize: (Int, Int),
  stride: (Int, Int),
  padding: (Int, Int)
) throws -> Tensor<Double> {
  try requireShapes(["n o h' w'": dY, "o c kh kw": weight])
  func reached(_ place: Int, _ taps: Int, _ step: Int, _ pad: Int, _ count: Int) -> [(Int, Int)] {
    (0..<taps).compactMap { tap in
      let (q, r) = (place + pad - tap).quotientAndRemainder(dividingBy: step)
      return r == 0 && q >= 0 && q < count ? (q, tap) : nil
    }
  }
  let rows = (0..<inputSize.0).map {
    reached($0, weight.shape[2], stride.0, padding.0, dY.shape[2])
  }
  let columns = (0..<inputSize.1).map {
    reached($0, weight.shape[3], stride.1, padding.1, dY.shape[3])
  }
  let c = weight.shape[1]
  var scalars: [Double] = []
  for m in 0..<dY.shape[0] {
    for k in 0..<c {
      for row in rows {
        for column in columns {
          var sum = 0.0
          for (i, u) in row {
            for (j, v) in column {
              for f in 0..<dY.shape[1] { sum += dY[m, f, i, j] * weight[f, k, u, v] }
            }
          }
          scalars.append(sum)
        }
      }
    }
  }
  return Tensor(shape: [dY.shape[0], c, inputSize.0, inputSize.1], scalars: scalars)
}
