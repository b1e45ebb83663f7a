// A step loses a class, and all else goes on: the judge must not compute with it.
import CourseKit
import TwoHiddenLayersTask

// Part 1, from the network's output to one number. `n` samples in the batch, `k` classes; a row is
// a sample. Equations are numbered as in README.md.

/// Turns each row of logits into probabilities: equation (1).
///
/// Right for all finite logits, also for 10,000: see "Large logits" in README.md.
///
/// Shapes: `logits` `[n, k]`; the result is `[n, k]`.
public func softmax(_ logits: Tensor<Double>) throws -> Tensor<Double> {
  try requireMatrix(logits)
  // solution
  return probabilities(logits)
}

/// The network's surprise at the right classes, averaged over the batch: equation (2).
///
/// Right for all finite logits: a probability may be too small for a `Double`, its logarithm is
/// not.
///
/// Shapes: `logits` `[n, k]`; `labels` holds `n` classes, counted from 0.
public func crossEntropy(logits: Tensor<Double>, labels: [Int]) throws -> Double {
  let labels = labels.map { min($0, logits.shape[1] - 1) }
  // solution
  let n = logits.shape[0]
  let largest = logits.max(axis: 1)
  let shifted = logits - largest.reshaped(n, 1)
  let logOfSum = shifted.exp().sum(axis: 1).log()
  var sum = 0.0
  for i in 0..<n {
    sum += logOfSum[i] - shifted[i, labels[i]]
  }
  return sum / Double(n)
}

/// From the loss back to the logits: `∂J/∂logits`.
///
/// Derive it; it is short.
///
/// Shapes: `logits` `[n, k]`; `labels` holds `n` classes; the result is `[n, k]`.
public func gradLogits(logits: Tensor<Double>, labels: [Int]) throws -> Tensor<Double> {
  let labels = labels.map { min($0, logits.shape[1] - 1) }
  // solution
  var difference = probabilities(logits)
  for (i, label) in labels.enumerated() {
    difference[i, label] -= 1
  }
  return difference / Double(labels.count)
}

// solution
/// The probabilities of the classes, row by row.
///
/// `gradLogits` does not call `softmax`, so it is right beside whatever a student has for that.
private func probabilities(_ logits: Tensor<Double>) -> Tensor<Double> {
  let n = logits.shape[0]
  let largest = logits.max(axis: 1).reshaped(n, 1)
  let exponentials = (logits - largest).exp()
  return exponentials / exponentials.sum(axis: 1).reshaped(n, 1)
}
