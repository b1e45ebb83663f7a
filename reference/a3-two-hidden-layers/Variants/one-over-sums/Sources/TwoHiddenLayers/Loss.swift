// Probabilities without a maximum, losses by repeated log-add-exp, a running mean.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import Foundation
import TwoHiddenLayersTask

public func softmax(_ logits: Tensor<Double>) throws -> Tensor<Double> {
  try requireMatrix(logits)
  var out = logits
  for i in 0..<logits.shape[0] {
    let row = logits.row(i).scalars
    for c in row.indices { out[i, c] = 1 / row.reduce(0) { $0 + exp($1 - row[c]) } }
  }
  return out
}
public func crossEntropy(logits: Tensor<Double>, labels: [Int]) throws -> Double {
  try requireLabels(labels, for: logits)
  func logAdd(_ a: Double, _ b: Double) -> Double { max(a, b) + log1p(exp(-abs(a - b))) }
  return labels.enumerated().reduce(0) { mean, next in
    let row = logits.row(next.offset).scalars
    let loss = row.dropFirst().reduce(row[0], logAdd) - row[next.element]
    return mean + (loss - mean) / Double(next.offset + 1)
  }
}
public func gradLogits(logits: Tensor<Double>, labels: [Int]) throws -> Tensor<Double> {
  try requireLabels(labels, for: logits)
  let p = try softmax(logits)
  var g = p
  for (i, y) in labels.enumerated() {
    g[i, y] = -(0..<p.shape[1]).filter { $0 != y }.reduce(0) { $0 + p[i, $1] }
  }
  return g * (1 / Double(labels.count))
}
