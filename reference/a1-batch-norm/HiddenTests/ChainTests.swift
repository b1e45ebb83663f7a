import BatchNormTask
import CourseKit
import JudgeEvents
import JudgeSupport
import XCTest

final class ChainTests: BatchNormCase {
  func testBackward() throws {
    var generator = generator()
    let questions = Batch.questions(using: &generator).exchanging(
      \.dU,
      \.x,
      \.gamma,
      \.epsilon,
      drawing: { Batch(6, 4, using: &generator) }
    )
    try judge(
      "batchNormBackward",
      on: questions,
      ask: { [self] in
        let yours = try subject(BatchNormTask.backward, $0.dU, $0.x, $0.gamma, $0.epsilon)
        return [yours.dX, yours.dGamma, yours.dBeta]
      },
      expect: { [$0.expectedDX, $0.expectedDGamma, $0.expectedDBeta] },
      compositions: [
        { [self] in try composedBackward(dU: $0.dU, x: $0.x, gamma: $0.gamma, $0.epsilon) }
      ],
      judgeDerivation: { judgeBackwardDerivation() }
    )
  }

  private func judgeBackwardDerivation() -> Bool {
    var generator = generator("probes")
    var same = generator
    let probes = inputProbes(using: &generator) { [self] batch, dU in
      try subject(BatchNormTask.backward, dU, batch.x, batch.gamma, batch.epsilon).dX
    }
    let composed = inputProbes(using: &same) { [self] batch, dU in
      try composedBackward(dU: dU, x: batch.x, gamma: batch.gamma, batch.epsilon)[0]
    }
    return judgeDerivation(of: "batchNormBackward", "dX", probes: probes, compositions: [composed])
  }

  /// One sample is refused, two are not; what two give is judged by other tests.
  ///
  /// A step that ends where two are not refused loses its own points for that.
  func testBatchOfOne() throws {
    if isSearching { try searchBatchesOfOne() }
    beginChain()
    var generator = generator()
    let two = Batch(2, 3, using: &generator)
    try expectBatchTooSmall(BatchNormTask.backward.name) {
      _ = try subject(BatchNormTask.backward, first(two.dU), first(two.x), two.gamma, two.epsilon)
    }
    let yours = try subject(BatchNormTask.backward, two.dU, two.x, two.gamma, two.epsilon)
    expectShape(of: yours.dX, two.x.shape, "dX")

    let network = Network(2, 3, 4, 2, using: &generator)
    let layer = network.layer
    try expectBatchTooSmall(BatchNormTask.smallNetwork.name) {
      _ = try subject(
        BatchNormTask.smallNetwork,
        first(network.x),
        network.w1,
        layer.gamma,
        layer.beta,
        network.w2,
        first(network.target),
        layer.epsilon
      )
    }
    let gradients = try ask(network)
    expectShape(of: gradients.dW1, network.w1.shape, "dW1")
  }

  private func searchBatchesOfOne() throws {
    try search { [self] (one: BatchOfOne) in
      let dX = try subject(BatchNormTask.backward, one.x, one.x, one.gamma, one.epsilon).dX
      return [dX]
    } expecting: { _ in
      .throwing("BatchTooSmall")
    }
  }

  private func first(_ x: Tensor<Double>) -> Tensor<Double> { x.row(0).reshaped(1, x.shape[1]) }

  private func expectBatchTooSmall(_ function: String, _ body: () throws -> Void) throws {
    try expectError("BatchTooSmall", from: function) { error in
      if case .batchTooSmall = error { true } else { false }
    } _: {
      try body()
      // No step is the reason that it returned.
      forgetChain()
    }
  }

  private func expectShape(of yours: Tensor<Double>, _ shape: [Int], _ what: String) {
    guard yours.shape != shape else { return }
    tell(.wrongShape(what: what, yours: yours.shape, expected: shape))
    XCTFail("\(what) has shape \(yours.shape), expected \(shape)")
  }
}
