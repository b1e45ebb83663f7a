// A layer as in the frameworks: forward keeps what backward needs.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit
import Foundation

final class BatchNormLayer {
  private let gamma: [Double]
  private let epsilon: Double
  private var cache: (xHat: [[Double]], inverse: [Double]) = ([], [])

  init(gamma: Tensor<Double>, epsilon: Double) {
    self.gamma = gamma.scalars
    self.epsilon = epsilon
  }

  func forward(_ columns: [[Double]]) {
    var xHat: [[Double]] = []
    var inverse: [Double] = []
    for column in columns {
      // Welford.
      var (count, mean, m2) = (0.0, 0.0, 0.0)
      for value in column {
        count += 1
        let delta = value - mean
        mean += delta / count
        m2 += delta * (value - mean)
      }
      let scale = pow(m2 / count + epsilon, -0.5)
      inverse.append(scale)
      xHat.append(column.map { ($0 - mean) * scale })
    }
    cache = (xHat, inverse)
  }

  func backward(_ dColumns: [[Double]]) -> (dX: [[Double]], dGamma: [Double], dBeta: [Double]) {
    var dX: [[Double]] = []
    var dGamma: [Double] = []
    var dBeta: [Double] = []
    for (j, d) in dColumns.enumerated() {
      let h = cache.xHat[j]
      let n = Double(d.count)
      let b = d.reduce(0, +)
      let g = zip(d, h).reduce(0) { $0 + $1.0 * $1.1 }
      dBeta.append(b)
      dGamma.append(g)
      let factor = gamma[j] * cache.inverse[j] / n
      dX.append(zip(d, h).map { factor * (n * $0 - b - $1 * g) })
    }
    return (dX, dGamma, dBeta)
  }
}

func columns(of x: Tensor<Double>) -> [[Double]] {
  (0..<x.shape[1]).map { j in (0..<x.shape[0]).map { x[$0, j] } }
}

public func batchNormBackward(
  dU: Tensor<Double>,
  x: Tensor<Double>,
  gamma: Tensor<Double>,
  epsilon: Double
) throws -> (dX: Tensor<Double>, dGamma: Tensor<Double>, dBeta: Tensor<Double>) {
  try requireShapes(matrices: dU, x, vectors: gamma)
  guard x.shape[0] >= 2 else { throw BatchTooSmall(count: x.shape[0]) }
  let layer = BatchNormLayer(gamma: gamma, epsilon: epsilon)
  layer.forward(columns(of: x))
  let (dX, dGamma, dBeta) = layer.backward(columns(of: dU))
  return (Tensor(dX).transposed(), Tensor(dGamma), Tensor(dBeta))
}
