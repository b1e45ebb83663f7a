// One sample after the other, the gradients added up; the rows in reversed order.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

public func backward(
  _ x: Tensor<Double>,
  labels: [Int],
  _ p: Parameters
) throws -> Parameters {
  try requireProduct(x, p.w1)
  let n = labels.count
  var g = Parameters(
    w1: .zeros(shape: p.w1.shape),
    b1: .zeros(shape: p.b1.shape),
    w2: .zeros(shape: p.w2.shape),
    b2: .zeros(shape: p.b2.shape),
    w3: .zeros(shape: p.w3.shape),
    b3: .zeros(shape: p.b3.shape)
  )
  for i in (0..<n).reversed() {
    let sample = x.row(i).reshaped(1, x.shape[1])
    let t = try forward(sample, p)
    let dLogits = try gradLogits(logits: t.logits, labels: [labels[i]])
    let dZ2 = try gradReLU(dA: dLogits.matmul(p.w3.transposed()), z: t.z2)
    let dZ1 = try gradReLU(dA: dZ2.matmul(p.w2.transposed()), z: t.z1)
    g.w3 += try t.a2.transposed().matmul(dLogits)
    g.b3 += dLogits.row(0)
    g.w2 += try t.a1.transposed().matmul(dZ2)
    g.b2 += dZ2.row(0)
    g.w1 += try sample.transposed().matmul(dZ1)
    g.b1 += dZ1.row(0)
  }
  let share = 1 / Double(n)
  return Parameters(
    w1: g.w1 * share,
    b1: g.b1 * share,
    w2: g.w2 * share,
    b2: g.b2 * share,
    w3: g.w3 * share,
    b3: g.b3 * share
  )
}
