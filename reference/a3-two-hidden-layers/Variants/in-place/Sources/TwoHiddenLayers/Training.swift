// Everything changed in place, and a training loop that does not use the steps.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

public func sgdStep(
  _ p: Parameters,
  _ g: Parameters,
  learningRate: Double
) throws -> Parameters {
  var p = p
  move(&p, g, learningRate)
  return p
}

public func trainSteps(
  _ p: Parameters,
  batches: [Batch],
  learningRate: Double
) throws -> (Parameters, losses: [Double]) {
  var p = p
  let losses = try batches.map { batch in
    let loss = try crossEntropy(logits: forward(batch.x, p).logits, labels: batch.labels)
    move(&p, try backward(batch.x, labels: batch.labels, p), learningRate)
    return loss
  }
  return (p, losses)
}

public func train(
  _ p: Parameters,
  on data: Dataset,
  epochs: Int,
  batchSize: Int,
  learningRate: Double,
  using generator: inout Generator
) throws -> Parameters {
  var p = p
  for _ in 0..<epochs {
    var order = generator.permutation(data.count)[...]
    while !order.isEmpty {
      let batch = data.batch(order.prefix(batchSize))
      order = order.dropFirst(batchSize)
      move(&p, try backward(batch.x, labels: batch.labels, p), learningRate)
    }
  }
  return p
}

private func move(_ p: inout Parameters, _ g: Parameters, _ rate: Double) {
  let all: [WritableKeyPath<Parameters, Tensor<Double>>] = [\.w1, \.b1, \.w2, \.b2, \.w3, \.b3]
  for tensor in all {
    let step = g[keyPath: tensor].scalars
    for i in step.indices { p[keyPath: tensor].scalars[i] -= rate * step[i] }
  }
}
