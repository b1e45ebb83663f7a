// Single precision inside.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

public func sgdStep(
  _ p: Parameters,
  _ g: Parameters,
  learningRate: Double
) throws -> Parameters {
  func moved(_ p: Tensor<Double>, _ g: Tensor<Double>) -> Tensor<Double> {
    (p.single - Float(learningRate) * g.single).double
  }
  return Parameters(
    w1: moved(p.w1, g.w1),
    b1: moved(p.b1, g.b1),
    w2: moved(p.w2, g.w2),
    b2: moved(p.b2, g.b2),
    w3: moved(p.w3, g.w3),
    b3: moved(p.b3, g.b3)
  )
}

public func trainSteps(
  _ p: Parameters,
  batches: [Batch],
  learningRate: Double
) throws -> (Parameters, losses: [Double]) {
  var p = p
  var losses: [Double] = []
  for batch in batches {
    let logits = try forward(batch.x, p).logits
    losses.append(try crossEntropy(logits: logits, labels: batch.labels))
    let g = try backward(batch.x, labels: batch.labels, p)
    p = try sgdStep(p, g, learningRate: learningRate)
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
    let order = generator.permutation(data.count)
    for start in stride(from: 0, to: data.count, by: batchSize) {
      let batch = data.batch(order[start..<min(start + batchSize, data.count)])
      p = try trainSteps(p, batches: [batch], learningRate: learningRate).0
    }
  }
  return p
}
