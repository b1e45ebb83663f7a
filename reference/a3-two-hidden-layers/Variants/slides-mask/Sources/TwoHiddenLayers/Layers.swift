// The slides' mask: the gradient passes at exactly zero.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

public func relu(_ z: Tensor<Double>) throws -> Tensor<Double> {
  z.map { $0 < 0 ? 0 : $0 }
}

public func gradReLU(dA: Tensor<Double>, z: Tensor<Double>) throws -> Tensor<Double> {
  try requireShape(dA, z.shape)
  var dZ = dA
  for i in 0..<z.count where z.scalars[i] < 0 { dZ.scalars[i] = 0 }
  return dZ
}

public func linear(
  _ x: Tensor<Double>,
  w: Tensor<Double>,
  b: Tensor<Double>
) throws -> Tensor<Double> {
  try requireShape(b, [w.shape[1]])
  return try x.matmul(w) + b
}

public func gradLinear(
  dZ: Tensor<Double>,
  x: Tensor<Double>,
  w: Tensor<Double>
) throws -> (dX: Tensor<Double>, dW: Tensor<Double>, dB: Tensor<Double>) {
  (
    try dZ.matmul(w, transposing: .right),
    try x.matmul(dZ, transposing: .left),
    try Tensor(repeating: 1, shape: [1, dZ.shape[0]]).matmul(dZ).reshaped(dZ.shape[1])
  )
}
