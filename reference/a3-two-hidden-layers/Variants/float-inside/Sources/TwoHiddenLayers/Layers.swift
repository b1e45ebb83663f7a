// Single precision inside.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

public func relu(_ z: Tensor<Double>) throws -> Tensor<Double> {
  z.single.maximum(0).double
}

public func gradReLU(dA: Tensor<Double>, z: Tensor<Double>) throws -> Tensor<Double> {
  try requireShape(dA, z.shape)
  return (dA.single * z.single.map { $0 > 0 ? 1 : 0 }).double
}

public func linear(
  _ x: Tensor<Double>,
  w: Tensor<Double>,
  b: Tensor<Double>
) throws -> Tensor<Double> {
  try requireProduct(x, w)
  return (try x.single.matmul(w.single) + b.single).double
}

public func gradLinear(
  dZ: Tensor<Double>,
  x: Tensor<Double>,
  w: Tensor<Double>
) throws -> (dX: Tensor<Double>, dW: Tensor<Double>, dB: Tensor<Double>) {
  try requireProduct(x, w)
  let dZ = dZ.single
  let dX = try dZ.matmul(w.single.transposed())
  let dW = try x.single.transposed().matmul(dZ)
  return (dX.double, dW.double, dZ.sum(axis: 0).double)
}
