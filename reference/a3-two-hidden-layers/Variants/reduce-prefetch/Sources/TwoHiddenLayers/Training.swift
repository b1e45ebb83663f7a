// All batches of all epochs drawn first; the steps by reduce and key paths.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

private let all: [WritableKeyPath<Parameters, Tensor<Double>> & Sendable] = [
  \.w1, \.b1, \.w2, \.b2, \.w3, \.b3,
]
public func sgdStep(_ p: Parameters, _ g: Parameters, learningRate: Double) throws -> Parameters {
  all.reduce(into: p) { $0[keyPath: $1] -= learningRate * g[keyPath: $1] }
}
public func trainSteps(_ p: Parameters, batches: [Batch], learningRate: Double) throws
  -> (Parameters, losses: [Double])
{
  try batches.reduce((p, [])) { state, batch in
    (
      try sgdStep(
        state.0,
        backward(batch.x, labels: batch.labels, state.0),
        learningRate: learningRate
      ),
      state.1 + [try crossEntropy(logits: forward(batch.x, state.0).logits, labels: batch.labels)]
    )
  }
}
public func train(
  _ p: Parameters,
  on data: Dataset,
  epochs: Int,
  batchSize: Int,
  learningRate: Double,
  using generator: inout Generator
) throws -> Parameters {
  var batches: [Batch] = []
  for _ in 0..<epochs {
    var rest = generator.permutation(data.count)[...]
    while !rest.isEmpty {
      batches.append(data.batch(rest.prefix(batchSize)))
      rest = rest.dropFirst(batchSize)
    }
  }
  return try trainSteps(p, batches: batches, learningRate: learningRate).0
}
