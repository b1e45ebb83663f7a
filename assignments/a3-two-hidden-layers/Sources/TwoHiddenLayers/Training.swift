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
  throw NotImplemented()
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
  throw NotImplemented()
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
  throw NotImplemented()
}
