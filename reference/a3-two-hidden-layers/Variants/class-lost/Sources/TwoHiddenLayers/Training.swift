// A step loses a class, and all else goes on: the judge must not compute with it.
// expect: sgd-step, symmetry, train-steps
import CourseKit
import TwoHiddenLayersTask

// Part 6, learning: one step, some steps, whole epochs.

/// One step of gradient descent: equation (6).
///
/// `p` are the parameters, `g` their gradients, whatever made them; learning rates, parameters and
/// gradients may be of any size.
public func sgdStep(
  _ p: Parameters,
  _ g: Parameters,
  learningRate: Double
) throws -> Parameters {
  // solution
  Parameters(
    w1: p.w1 - learningRate * g.w1,
    b1: p.b1 - learningRate * g.b1,
    w2: p.w2 - learningRate * g.w2,
    b2: p.b2 - learningRate * g.b2,
    w3: (p.w3 - learningRate * g.w3).transposed().withoutLastRow.transposed(),
    b3: (p.b3 - learningRate * g.b3).withoutLastRow
  )
}

extension Tensor where Scalar == Double {
  fileprivate var withoutLastRow: Tensor {
    let rows = Swift.max(shape[0] - 1, 1)
    let width = count / shape[0]
    return Tensor(shape: [rows] + shape.dropFirst(), scalars: Array(scalars.prefix(rows * width)))
  }
}

/// One step for each batch, in order, from the parameters that are given, whatever they are.
///
/// Every step is taken, whether the loss rises or is next to nothing.
///
/// - Returns: The parameters after the last step, and the loss of each batch *before* its step.
public func trainSteps(
  _ p: Parameters,
  batches: [Batch],
  learningRate: Double
) throws -> (Parameters, losses: [Double]) {
  // solution
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

/// Learns from all samples, `epochs` times.
///
/// For each epoch draw `generator.permutation(data.count)` once, and go through the samples in that
/// order, `batchSize` at a time; the last batch may be shorter. `data.batch(indices)` makes a
/// batch.
///
/// All epochs are trained, even if the loss rises or is next to nothing, with the learning rate as
/// it is given.
///
/// - Returns: The parameters after the last step, not the best ones.
public func train(
  _ p: Parameters,
  on data: Dataset,
  epochs: Int,
  batchSize: Int,
  learningRate: Double,
  using generator: inout Generator
) throws -> Parameters {
  // solution
  var p = p
  for _ in 0..<epochs {
    let order = generator.permutation(data.count)
    for start in stride(from: 0, to: data.count, by: batchSize) {
      let end = min(start + batchSize, data.count)
      let batch = data.batch(order[start..<end])
      (p, _) = try trainSteps(p, batches: [batch], learningRate: learningRate)
    }
  }
  return p
}
