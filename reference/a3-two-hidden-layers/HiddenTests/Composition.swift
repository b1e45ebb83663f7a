import CourseKit
import JudgeSupport
import TwoHiddenLayersTask

// The chains put together by the judge from the student's own functions, as the handout describes
// them.

extension TwoHiddenLayersCase {
  /// `forward` from the student's layers.
  func composedForward(_ x: Tensor<Double>, _ p: Parameters) throws -> Trace {
    let z1 = try subject(TwoHiddenLayersTask.linear, x, p.w1, p.b1)
    let a1 = try subject(TwoHiddenLayersTask.relu, z1)
    let z2 = try subject(TwoHiddenLayersTask.linear, a1, p.w2, p.b2)
    let a2 = try subject(TwoHiddenLayersTask.relu, z2)
    let logits = try subject(TwoHiddenLayersTask.linear, a2, p.w3, p.b3)
    return Trace(z1: z1, a1: a1, z2: z2, a2: a2, logits: logits)
  }

  /// The two ways to put `backward` together: with the student's `forward`, or with the layers.
  var backwardCompositions: [(Network) throws -> Parameters] {
    [
      { [self] network in
        let trace = try subject(TwoHiddenLayersTask.forward, network.x, network.p)
        return try composedBackward(network, trace)
      },
      { [self] in try composedBackward($0, composedForward($0.x, $0.p)) },
    ]
  }

  private func composedBackward(_ network: Network, _ trace: Trace) throws -> Parameters {
    let p = network.p
    let dLogits = try subject(TwoHiddenLayersTask.gradLogits, trace.logits, network.labels)
    let output = try subject(TwoHiddenLayersTask.gradLinear, dLogits, trace.a2, p.w3)
    let dZ2 = try subject(TwoHiddenLayersTask.gradReLU, output.dX, trace.z2)
    let second = try subject(TwoHiddenLayersTask.gradLinear, dZ2, trace.a1, p.w2)
    let dZ1 = try subject(TwoHiddenLayersTask.gradReLU, second.dX, trace.z1)
    let first = try subject(TwoHiddenLayersTask.gradLinear, dZ1, network.x, p.w1)
    return Parameters(
      w1: first.dW,
      b1: first.dB,
      w2: second.dW,
      b2: second.dB,
      w3: output.dW,
      b3: output.dB
    )
  }

  /// `trainSteps` from the student's `forward`, `crossEntropy`, `backward` and `sgdStep`.
  func composedSteps(_ steps: Steps) throws -> TrainedSteps {
    var p = steps.start
    var losses: [Double] = []
    for batch in steps.batches {
      let logits = try subject(TwoHiddenLayersTask.forward, batch.x, p).logits
      losses.append(try subject(TwoHiddenLayersTask.crossEntropy, logits, batch.labels))
      let g = try subject(TwoHiddenLayersTask.backward, batch.x, batch.labels, p)
      p = try subject(TwoHiddenLayersTask.sgdStep, p, g, steps.rate)
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
