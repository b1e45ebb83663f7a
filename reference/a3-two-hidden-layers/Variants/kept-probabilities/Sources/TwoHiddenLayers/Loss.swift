// A slip over two functions: the loss keeps its probabilities, and the gradient uses what was kept.
// expect: grad-logits, backward-w3, backward-b3, backward-w2, backward-b2, backward-w1, backward-b1
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

private enum Kept {
  nonisolated(unsafe) static var probabilities: [[Int]: Tensor<Double>] = [:]
}

public func softmax(_ logits: Tensor<Double>) throws -> Tensor<Double> {
  try requireMatrix(logits)
  let n = logits.shape[0]
  let largest = logits.max(axis: 1).reshaped(n, 1)
  let exponentials = (logits - largest).exp()
  return exponentials / exponentials.sum(axis: 1).reshaped(n, 1)
}

public func crossEntropy(logits: Tensor<Double>, labels: [Int]) throws -> Double {
  try requireLabels(labels, for: logits)
  let n = logits.shape[0]
  let largest = logits.max(axis: 1)
  let shifted = logits - largest.reshaped(n, 1)
  Kept.probabilities[logits.shape] = try softmax(logits)
  let logOfSum = shifted.exp().sum(axis: 1).log()
  var sum = 0.0
  for i in 0..<n {
    sum += logOfSum[i] - shifted[i, labels[i]]
  }
  return sum / Double(n)
}

public func gradLogits(logits: Tensor<Double>, labels: [Int]) throws -> Tensor<Double> {
  try requireLabels(labels, for: logits)
  var difference = try Kept.probabilities[logits.shape] ?? softmax(logits)
  for (i, label) in labels.enumerated() {
    difference[i, label] -= 1
  }
  return difference / Double(labels.count)
}
