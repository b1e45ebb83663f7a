// Everything from the logarithm of the softmax.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import Foundation
import TwoHiddenLayersTask

public func softmax(_ logits: Tensor<Double>) throws -> Tensor<Double> {
  try requireMatrix(logits)
  return logSoftmax(logits).exp()
}

public func crossEntropy(logits: Tensor<Double>, labels: [Int]) throws -> Double {
  try requireLabels(labels, for: logits)
  let logs = logSoftmax(logits)
  return -labels.enumerated().map { logs[$0, $1] }.reduce(0, +) / Double(labels.count)
}

public func gradLogits(logits: Tensor<Double>, labels: [Int]) throws -> Tensor<Double> {
  try requireLabels(labels, for: logits)
  let logs = logSoftmax(logits)
  var gradient = Tensor<Double>.zeros(shape: logits.shape)
  for i in 0..<logits.shape[0] {
    for c in 0..<logits.shape[1] {
      // For a class that is nearly certain, exp(log p) - 1 loses what expm1 keeps.
      gradient[i, c] = (c == labels[i] ? expm1(logs[i, c]) : exp(logs[i, c])) / Double(labels.count)
    }
  }
  return gradient
}

private func logSoftmax(_ logits: Tensor<Double>) -> Tensor<Double> {
  let column = [logits.shape[0], 1]
  let shifted = logits - logits.max(axis: 1).reshaped(to: column)
  return shifted - shifted.exp().sum(axis: 1).log().reshaped(to: column)
}
