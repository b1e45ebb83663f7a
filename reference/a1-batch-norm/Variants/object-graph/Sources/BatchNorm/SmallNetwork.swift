// Layers with a common protocol; the loss is a trace.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

protocol Node {
  mutating func forward(_ x: Tensor<Double>) throws -> Tensor<Double>
  mutating func backward(_ d: Tensor<Double>) throws -> Tensor<Double>
}

struct Dense: Node {
  var w: Tensor<Double>
  var x: Tensor<Double>?
  var dW: Tensor<Double>?
  mutating func forward(_ x: Tensor<Double>) throws -> Tensor<Double> {
    self.x = x
    return try x.matmul(w)
  }
  mutating func backward(_ d: Tensor<Double>) throws -> Tensor<Double> {
    guard let x else { return d }
    dW = try x.matmul(d, transposing: .left)
    return try d.matmul(w, transposing: .right)
  }
}

struct Rectifier: Node {
  var mask = Tensor<Double>.zeros(1)
  mutating func forward(_ x: Tensor<Double>) throws -> Tensor<Double> {
    mask = x.map { $0 < 0 ? 0 : 1 }
    return 0.5 * (x + x.map { abs($0) })
  }
  mutating func backward(_ d: Tensor<Double>) throws -> Tensor<Double> { d * mask }
}

struct Norm: Node {
  var gamma: Tensor<Double>
  var beta: Tensor<Double>
  var epsilon: Double
  var x = Tensor<Double>.zeros(1)
  var dGamma = Tensor<Double>.zeros(1)
  var dBeta = Tensor<Double>.zeros(1)
  mutating func forward(_ x: Tensor<Double>) throws -> Tensor<Double> {
    self.x = x
    let mean = try batchMean(x)
    let variance = try batchVariance(x, mean: mean)
    let k = gamma / (variance + epsilon).squareRoot()
    return k * x + (beta - k * mean)
  }
  mutating func backward(_ d: Tensor<Double>) throws -> Tensor<Double> {
    let all = try batchNormBackward(dU: d, x: x, gamma: gamma, epsilon: epsilon)
    (dGamma, dBeta) = (all.dGamma, all.dBeta)
    return all.dX
  }
}

public func smallNetworkGradients(
  x: Tensor<Double>,
  w1: Tensor<Double>,
  gamma: Tensor<Double>,
  beta: Tensor<Double>,
  w2: Tensor<Double>,
  target: Tensor<Double>,
  epsilon: Double
) throws -> (
  loss: Double, dW1: Tensor<Double>, dGamma: Tensor<Double>, dBeta: Tensor<Double>,
  dW2: Tensor<Double>
) {
  if x.shape[0] < 2 { throw BatchTooSmall(count: x.shape[0]) }
  var first = Dense(w: w1)
  var norm = Norm(gamma: gamma, beta: beta, epsilon: epsilon)
  var relu = Rectifier()
  var second = Dense(w: w2)
  let y = try second.forward(relu.forward(norm.forward(first.forward(x))))
  let difference = y - target
  let n = Double(x.shape[0])
  let loss = try difference.matmul(difference, transposing: .right)
  var trace = 0.0
  for i in 0..<x.shape[0] { trace += loss[i, i] }
  _ = try first.backward(norm.backward(relu.backward(second.backward(difference / n))))
  return (trace / n / 2, first.dW ?? w1, norm.dGamma, norm.dBeta, second.dW ?? w2)
}
