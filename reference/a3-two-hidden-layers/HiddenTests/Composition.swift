import CourseKit
import JudgeSupport
import TwoHiddenLayersTask

// The chains put together by the judge from the student's own functions, as the handout describes
// them.

extension TwoHiddenLayersCase {
  /// `forward` from the student's layers.
  func composedForward(_ batch: Batch, _ p: Parameters, _ sizes: [Int]) throws -> Trace {
    let layers = LayerSizes.layers(of: batch, sizes)
    let z1 = try linear(batch.x, p.w1, p.b1, layers[0])
    let a1 = try relu(z1)
    let z2 = try linear(a1, p.w2, p.b2, layers[1])
    let a2 = try relu(z2)
    let logits = try linear(a2, p.w3, p.b3, layers[2])
    return Trace(z1: z1, a1: a1, z2: z2, a2: a2, logits: logits)
  }

  /// The two ways to put `backward` together: with the student's `forward`, or with the layers.
  var backwardCompositions: [(Network) throws -> Parameters] {
    [
      { [self] network in
        let trace = try forward(network.x, network.p, network.p.sizes)
        return try composedBackward(network.batch, network.p, trace, network.p.sizes)
      },
      { [self] in try composedBackward($0.batch, $0.p, $0.p.sizes) },
    ]
  }

  private func composedBackward(
    _ batch: Batch,
    _ p: Parameters,
    _ sizes: [Int]
  ) throws -> Parameters {
    try composedBackward(batch, p, composedForward(batch, p, sizes), sizes)
  }

  private func composedBackward(
    _ batch: Batch,
    _ p: Parameters,
    _ trace: Trace,
    _ sizes: [Int]
  ) throws -> Parameters {
    let layers = LayerSizes.layers(of: batch, sizes)
    let dLogits = try gradLogits(trace.logits, batch.labels, classes: sizes[3])
    let output = try gradLinear(dLogits, trace.a2, p.w3, layers[2])
    let dZ2 = try gradReLU(output.dX, trace.z2)
    let second = try gradLinear(dZ2, trace.a1, p.w2, layers[1])
    let dZ1 = try gradReLU(second.dX, trace.z1)
    let first = try gradLinear(dZ1, batch.x, p.w1, layers[0])
    return Parameters(
      w1: first.dW,
      b1: first.dB,
      w2: second.dW,
      b2: second.dB,
      w3: output.dW,
      b3: output.dB
    )
  }

  /// The two ways to put `trainSteps` together: with the student's `forward` and `backward`, or
  /// with the layers.
  var stepsCompositions: [(Steps) throws -> TrainedSteps] {
    [
      { [self] steps in
        try composedSteps(steps) {
          try forward($0.x, $1, steps.start.sizes)
        } backward: {
          try backward($0, $1, steps.start.sizes)
        }
      },
      { [self] steps in
        try composedSteps(steps) {
          try composedForward($0, $1, steps.start.sizes)
        } backward: {
          try composedBackward($0, $1, steps.start.sizes)
        }
      },
    ]
  }

  private func composedSteps(
    _ steps: Steps,
    forward: (Batch, Parameters) throws -> Trace,
    backward: (Batch, Parameters) throws -> Parameters
  ) throws -> TrainedSteps {
    var p = steps.start
    var losses: [Double] = []
    let classes = p.b3.count
    for batch in steps.batches {
      let logits = try forward(batch, p).logits
      losses.append(try crossEntropy(logits, batch.labels, classes: classes))
      let g = try backward(batch, p)
      p = try sgdStep(p, g, steps.rate)
    }
    return TrainedSteps(parameters: p, losses: losses)
  }
}

extension Trace {
  /// The five tensors in order.
  var tensors: [Tensor<Double>] { [z1, a1, z2, a2, logits] }
}

extension TrainedSteps {
  /// The losses, and the six tensors in order.
  var tensors: [Tensor<Double>] { [Tensor(losses)] + parameters.tensors.map(\.value) }
}
