// Samples are columns inside, as in mathematics books.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

public func relu(_ z: Tensor<Double>) throws -> Tensor<Double> {
  Tensor(shape: z.shape, scalars: z.scalars.map { max(0, $0) })
}

public func gradReLU(dA: Tensor<Double>, z: Tensor<Double>) throws -> Tensor<Double> {
  try requireShape(dA, z.shape)
  let passed = zip(dA.scalars, z.scalars).map { $1 > 0 ? $0 : 0 }
  return Tensor(shape: z.shape, scalars: passed)
}

public func linear(
  _ x: Tensor<Double>,
  w: Tensor<Double>,
  b: Tensor<Double>
) throws -> Tensor<Double> {
  try requireProduct(x, w)
  let columns = try w.transposed().matmul(x.transposed()) + b.reshaped(b.count, 1)
  return columns.transposed()
}

public func gradLinear(
  dZ: Tensor<Double>,
  x: Tensor<Double>,
  w: Tensor<Double>
) throws -> (dX: Tensor<Double>, dW: Tensor<Double>, dB: Tensor<Double>) {
  try requireProduct(x, w)
  let columns = dZ.transposed()
  let dX = try w.matmul(columns).transposed()
  let dW = try columns.matmul(x).transposed()
  return (dX, dW, columns.sum(axis: 1))
}
