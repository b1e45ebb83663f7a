// Nothing but loops over indices.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

public func relu(_ z: Tensor<Double>) throws -> Tensor<Double> {
  var a = z
  for i in 0..<z.shape[0] {
    for j in 0..<z.shape[1] where z[i, j] < 0 { a[i, j] = 0 }
  }
  return a
}

public func gradReLU(dA: Tensor<Double>, z: Tensor<Double>) throws -> Tensor<Double> {
  try requireShape(dA, z.shape)
  var dZ = Tensor<Double>.zeros(shape: z.shape)
  for i in 0..<z.shape[0] {
    for j in 0..<z.shape[1] where z[i, j] > 0 { dZ[i, j] = dA[i, j] }
  }
  return dZ
}

public func linear(
  _ x: Tensor<Double>,
  w: Tensor<Double>,
  b: Tensor<Double>
) throws -> Tensor<Double> {
  try requireProduct(x, w)
  let (n, d, m) = (x.shape[0], x.shape[1], w.shape[1])
  let (xs, ws) = (x.scalars, w.scalars)
  var z = Tensor<Double>.zeros(n, m)
  for i in 0..<n {
    for j in 0..<m {
      var sum = b[j]
      for l in 0..<d { sum += xs[i * d + l] * ws[l * m + j] }
      z[i, j] = sum
    }
  }
  return z
}

public func gradLinear(
  dZ: Tensor<Double>,
  x: Tensor<Double>,
  w: Tensor<Double>
) throws -> (dX: Tensor<Double>, dW: Tensor<Double>, dB: Tensor<Double>) {
  try requireProduct(x, w)
  let (n, d, m) = (x.shape[0], x.shape[1], w.shape[1])
  let (dZs, xs, ws) = (dZ.scalars, x.scalars, w.scalars)
  var (dXs, dWs) = ([Double](repeating: 0, count: n * d), [Double](repeating: 0, count: d * m))
  var dB = Tensor<Double>.zeros(m)
  for i in 0..<n {
    for j in 0..<m {
      dB[j] += dZ[i, j]
      for l in 0..<d {
        dXs[i * d + l] += dZs[i * m + j] * ws[l * m + j]
        dWs[l * m + j] += dZs[i * m + j] * xs[i * d + l]
      }
    }
  }
  return (Tensor(shape: x.shape, scalars: dXs), Tensor(shape: w.shape, scalars: dWs), dB)
}
