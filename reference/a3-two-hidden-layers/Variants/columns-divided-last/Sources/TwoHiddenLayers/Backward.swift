// Samples as columns; divided by n at the very end.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

public func backward(_ x: Tensor<Double>, labels: [Int], _ p: Parameters) throws -> Parameters {
  let (n, k) = (labels.count, p.b3.count)
  let columns = x.transposed()
  func act(_ w: Tensor<Double>, _ b: Tensor<Double>, _ a: Tensor<Double>) throws -> Tensor<Double> {
    try w.transposed().matmul(a) + b.reshaped(b.count, 1)
  }
  let z1 = try act(p.w1, p.b1, columns)
  let a1 = z1.maximum(0)
  let z2 = try act(p.w2, p.b2, a1)
  let a2 = z2.maximum(0)
  let l = try act(p.w3, p.b3, a2)
  let e = (l - l.max(axis: 0)).exp()
  var d3 = e / e.sum(axis: 0)
  for j in 0..<n { d3[labels[j], j] -= 1 }
  let d2 = try p.w3.matmul(d3) * a2.map { $0 > 0 ? 1 : 0 }
  let d1 = try p.w2.matmul(d2) * a1.map { $0 > 0 ? 1 : 0 }
  let ones = Tensor<Double>.ones(n, 1)
  func weight(_ a: Tensor<Double>, _ d: Tensor<Double>) throws -> Tensor<Double> {
    try a.matmul(d.transposed()) / Double(n)
  }
  func bias(_ d: Tensor<Double>) throws -> Tensor<Double> {
    try d.matmul(ones).reshaped(d.shape[0]) / Double(n)
  }
  _ = k
  return Parameters(
    w1: try weight(columns, d1),
    b1: try bias(d1),
    w2: try weight(a1, d2),
    b2: try bias(d2),
    w3: try weight(a2, d3),
    b3: try bias(d3)
  )
}
