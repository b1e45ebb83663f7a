// Single precision with plain loops from the last term to the first; signs and sizes by roots.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

public func relu(_ z: Tensor<Double>) throws -> Tensor<Double> {
  z.map { z in
    let z = Float(z)
    return Double((z + (z * z).squareRoot()) / 2)
  }
}

public func gradReLU(dA: Tensor<Double>, z: Tensor<Double>) throws -> Tensor<Double> {
  try requireShape(dA, z.shape)
  let masks = z.scalars.map { z in
    let z = Float(z)
    return z == 0 ? 0 : (1 + z / (z * z).squareRoot()) / 2
  }
  return Tensor(shape: z.shape, scalars: zip(dA.scalars, masks).map { Double(Float($0) * $1) })
}

public func linear(
  _ x: Tensor<Double>,
  w: Tensor<Double>,
  b: Tensor<Double>
) throws -> Tensor<Double> {
  try requireProduct(x, w)
  return product(x, w, plus: b)
}

public func gradLinear(
  dZ: Tensor<Double>,
  x: Tensor<Double>,
  w: Tensor<Double>
) throws -> (dX: Tensor<Double>, dW: Tensor<Double>, dB: Tensor<Double>) {
  try requireProduct(x, w)
  let ones = Tensor<Double>.ones(1, dZ.shape[0])
  return (
    product(dZ, w.transposed()), product(x.transposed(), dZ),
    product(ones, dZ).reshaped(dZ.shape[1])
  )
}

private func product(
  _ left: Tensor<Double>,
  _ right: Tensor<Double>,
  plus b: Tensor<Double>? = nil
) -> Tensor<Double> {
  let (rows, inner, columns) = (left.shape[0], left.shape[1], right.shape[1])
  let (left, right) = (left.scalars.map { Float($0) }, right.scalars.map { Float($0) })
  var result = [Double](repeating: 0, count: rows * columns)
  for i in 0..<rows {
    for j in 0..<columns {
      var sum = Float(b?[j] ?? 0)
      for l in (0..<inner).reversed() { sum += left[i * inner + l] * right[l * columns + j] }
      result[i * columns + j] = Double(sum)
    }
  }
  return Tensor(shape: [rows, columns], scalars: result)
}
