// One matrix for each feature: (I - 11'/n - hh'/n) times gamma over the root.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

public func batchNormBackward(
  dU: Tensor<Double>,
  x: Tensor<Double>,
  gamma: Tensor<Double>,
  epsilon: Double
) throws -> (dX: Tensor<Double>, dGamma: Tensor<Double>, dBeta: Tensor<Double>) {
  try requireShapes(matrices: dU, x, vectors: gamma)
  let (n, d) = (x.shape[0], x.shape[1])
  if n == 1 { throw BatchTooSmall(count: n) }
  let c = centering(n)
  let centred = try c.matmul(x)
  var dX = Tensor<Double>.zeros(n, d)
  var dGamma = Tensor<Double>.zeros(d)
  for j in 0..<d {
    let column = Tensor(shape: [n, 1], scalars: (0..<n).map { centred[$0, j] })
    let g = Tensor(shape: [n, 1], scalars: (0..<n).map { dU[$0, j] })
    let v = try column.transposed().matmul(column)[0, 0] / Double(n)
    let s = (v + epsilon).squareRoot()
    let h = column / s
    let jacobian = try (c - h.matmul(h.transposed()) / Double(n)) * (gamma[j] / s)
    let dColumn = try jacobian.matmul(g)
    for i in 0..<n { dX[i, j] = dColumn[i, 0] }
    dGamma[j] = try h.transposed().matmul(g)[0, 0]
  }
  let dBeta = try ones(n).matmul(dU).reshaped(d)
  return (dX, dGamma, dBeta)
}
