// A slip over two functions: the ReLU keeps what it was given, and its gradient uses what was kept.
// expect: grad-relu, backward-w1, backward-b1, train-steps
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

private enum Kept {
  nonisolated(unsafe) static var z: [[Int]: Tensor<Double>] = [:]
}

public func relu(_ z: Tensor<Double>) throws -> Tensor<Double> {
  Kept.z[z.shape] = z
  return z.maximum(0)
}

public func gradReLU(dA: Tensor<Double>, z: Tensor<Double>) throws -> Tensor<Double> {
  try requireShape(dA, z.shape)
  return dA * (Kept.z[z.shape] ?? z).map { $0 > 0 ? 1 : 0 }
}

public func linear(
  _ x: Tensor<Double>,
  w: Tensor<Double>,
  b: Tensor<Double>
) throws -> Tensor<Double> {
  try requireProduct(x, w)
  try requireShape(b, [w.shape[1]])
  return try x.matmul(w) + b
}

public func gradLinear(
  dZ: Tensor<Double>,
  x: Tensor<Double>,
  w: Tensor<Double>
) throws -> (dX: Tensor<Double>, dW: Tensor<Double>, dB: Tensor<Double>) {
  try requireProduct(x, w)
  try requireShape(dZ, [x.shape[0], w.shape[1]])
  let dX = try dZ.matmul(w.transposed())
  let dW = try x.transposed().matmul(dZ)
  let dB = dZ.sum(axis: 0)
  return (dX, dW, dB)
}
