// Single precision inside.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

public func softmax(_ logits: Tensor<Double>) throws -> Tensor<Double> {
  try requireMatrix(logits)
  return logSoftmax(logits.single).exp().double
}

public func crossEntropy(logits: Tensor<Double>, labels: [Int]) throws -> Double {
  try requireLabels(labels, for: logits)
  let logs = logSoftmax(logits.single)
  var sum: Float = 0
  for (i, label) in labels.enumerated() { sum -= logs[i, label] }
  return Double(sum / Float(labels.count))
}

public func gradLogits(logits: Tensor<Double>, labels: [Int]) throws -> Tensor<Double> {
  try requireLabels(labels, for: logits)
  var difference = logSoftmax(logits.single).exp()
  for (i, label) in labels.enumerated() { difference[i, label] -= 1 }
  return (difference / Float(labels.count)).double
}

private func logSoftmax(_ logits: Tensor<Float>) -> Tensor<Float> {
  let column = [logits.shape[0], 1]
  let shifted = logits - logits.max(axis: 1).reshaped(to: column)
  return shifted - shifted.exp().sum(axis: 1).log().reshaped(to: column)
}

extension Tensor where Scalar == Double {
  var single: Tensor<Float> { converted(to: Float.self) }
}

extension Tensor where Scalar == Float {
  var double: Tensor<Double> { converted(to: Double.self) }
}
