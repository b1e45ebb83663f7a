import CourseKit
import JudgeSupport
import TwoHiddenLayersTask

// The chains put together by the judge from the student's own functions, as the handout describes
// them.

extension TwoHiddenLayersCase {
  /// `forward` from the student's layers.
  func composedForward(_ x: Tensor<Double>, _ p: Parameters) throws -> Trace {
    let z1 = try linear(x, p.w1, p.b1)
    let a1 = try relu(z1)
    let z2 = try linear(a1, p.w2, p.b2)
    let a2 = try relu(z2)
    let logits = try linear(a2, p.w3, p.b3)
    return Trace(z1: z1, a1: a1, z2: z2, a2: a2, logits: logits)
  }

  /// The two ways to put `backward` together: with the student's `forward`, or with the layers.
  var backwardCompositions: [(Network) throws -> Parameters] {
    [
      { [self] network in
        let trace = try forward(network.x, network.p)
        return try composedBackward(network, trace)
      },
      { [self] in try composedBackward($0, composedForward($0.x, $0.p)) },
    ]
  }

  private func composedBackward(_ network: Network, _ trace: Trace) throws -> Parameters {
    let p = network.p
    let dLogits = try gradLogits(trace.logits, network.labels, classes: p.b3.count)
    let output = try gradLinear(dLogits, trace.a2, p.w3)
    let dZ2 = try gradReLU(output.dX, trace.z2)
    let second = try gradLinear(dZ2, trace.a1, p.w2)
    let dZ1 = try gradReLU(second.dX, trace.z1)
    let first = try gradLinear(dZ1, network.x, p.w1)
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
    let classes = p.b3.count
    for batch in steps.batches {
      let logits = try forward(batch.x, p).logits
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
