// The chain rule taken literally: through the probabilities, with each sample's k x k Jacobian.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

public func softmax(_ logits: Tensor<Double>) throws -> Tensor<Double> {
  try requireMatrix(logits)
  var result = logits
  for i in 0..<logits.shape[0] {
    let row = logits.row(i)
    let exponentials = (row - row.max(axis: 0)).exp()
    for c in 0..<logits.shape[1] { result[i, c] = exponentials[c] / exponentials.sum() }
  }
  return result
}

public func crossEntropy(logits: Tensor<Double>, labels: [Int]) throws -> Double {
  try requireLabels(labels, for: logits)
  var sum = 0.0
  for (i, label) in labels.enumerated() {
    // The mean of log Σ exp of the logits' distances to the label's: no subtraction at the end.
    let margins = logits.row(i) - logits[i, label]
    let largest = margins.max(axis: 0)
    sum += (largest + (margins - largest).exp().sum(axis: 0).log()).sum()
  }
  return sum / Double(labels.count)
}

public func gradLogits(logits: Tensor<Double>, labels: [Int]) throws -> Tensor<Double> {
  try requireLabels(labels, for: logits)
  let p = try softmax(logits)
  let k = logits.shape[1]
  var gradient = Tensor<Double>.zeros(shape: logits.shape)
  for (i, label) in labels.enumerated() {
    var dP = Tensor<Double>.zeros(k)
    dP[label] = -1 / p[i, label] / Double(labels.count)
    for c in 0..<k {
      for j in 0..<k {
        let slope = p[i, j] * ((j == c ? 1 : 0) - p[i, c])
        gradient[i, c] += dP[j] * slope
      }
    }
  }
  return gradient
}
