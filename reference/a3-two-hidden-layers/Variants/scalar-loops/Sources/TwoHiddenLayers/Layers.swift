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
  var z = Tensor<Double>.zeros(x.shape[0], w.shape[1])
  for i in 0..<x.shape[0] {
    for j in 0..<w.shape[1] {
      z[i, j] = b[j]
      for l in 0..<x.shape[1] { z[i, j] += x[i, l] * w[l, j] }
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
  var dX = Tensor<Double>.zeros(shape: x.shape)
  var dW = Tensor<Double>.zeros(shape: w.shape)
  var dB = Tensor<Double>.zeros(w.shape[1])
  for i in 0..<x.shape[0] {
    for j in 0..<w.shape[1] {
      dB[j] += dZ[i, j]
      for l in 0..<x.shape[1] {
        dX[i, l] += dZ[i, j] * w[l, j]
        dW[l, j] += dZ[i, j] * x[i, l]
      }
    }
  }
  return (dX, dW, dB)
}
