// Recursion over batches and epochs; parameters in single precision throughout.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

public func sgdStep(_ p: Parameters, _ g: Parameters, learningRate: Double) throws -> Parameters {
  func move(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Tensor<Double> {
    Tensor(
      shape: a.shape,
      scalars: zip(a.scalars, b.scalars).map { Double(Float($0) - Float(learningRate) * Float($1)) }
    )
  }
  return Parameters(
    w1: move(p.w1, g.w1),
    b1: move(p.b1, g.b1),
    w2: move(p.w2, g.w2),
    b2: move(p.b2, g.b2),
    w3: move(p.w3, g.w3),
    b3: move(p.b3, g.b3)
  )
}
public func trainSteps(_ p: Parameters, batches: [Batch], learningRate: Double) throws
  -> (Parameters, losses: [Double])
{
  guard let batch = batches.first else { return (p, []) }
  let loss = try crossEntropy(logits: forward(batch.x, p).logits, labels: batch.labels)
  let next = try sgdStep(p, backward(batch.x, labels: batch.labels, p), learningRate: learningRate)
  let (end, losses) = try trainSteps(
    next,
    batches: Array(batches.dropFirst()),
    learningRate: learningRate
  )
  return (end, [loss] + losses)
}
public func train(
  _ p: Parameters,
  on data: Dataset,
  epochs: Int,
  batchSize: Int,
  learningRate: Double,
  using generator: inout Generator
) throws -> Parameters {
  guard epochs > 0 else { return p }
  let order = generator.permutation(data.count)
  let shuffled = data.batch(order)
  let width = data.x.shape[1]
  var (p, start) = (p, 0)
  while start < data.count {
    let size = min(batchSize, data.count - start)
    let rows = Array(shuffled.x.scalars[start * width..<(start + size) * width])
    let x = Tensor(shape: [size, width], scalars: rows)
    let g = try backward(x, labels: Array(shuffled.labels[start..<start + size]), p)
    p = try sgdStep(p, g, learningRate: learningRate)
    start += size
  }
  return try train(
    p,
    on: data,
    epochs: epochs - 1,
    batchSize: batchSize,
    learningRate: learningRate,
    using: &generator
  )
}
