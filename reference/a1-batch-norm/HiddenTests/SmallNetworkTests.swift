import BatchNormTask
import CourseKit
import JudgeSupport
import XCTest

final class SmallNetworkTests: BatchNormCase {
  func testLoss() throws {
    try judge {
      Tensor(shape: [], scalars: [$0.loss])
    } expect: {
      $0.expected.loss
    }
  }

  func testDW1() throws {
    try judgeGradient("dW1") {
      $0.dW1
    } expect: {
      $0.expected.dW1
    } scaled: {
      $0.scalingW1(by: $1)
    }
  }

  func testDGamma() throws {
    try judgeGradient("dGamma") {
      $0.dGamma
    } expect: {
      $0.expected.dGamma
    } scaled: {
      $0.scalingGammaAndBeta(by: $1)
    }
  }

  func testDBeta() throws {
    try judgeGradient("dBeta") {
      $0.dBeta
    } expect: {
      $0.expected.dBeta
    } scaled: {
      $0.scalingGammaAndBeta(by: $1)
    }
  }

  /// The loss is a square in `W2`, of which differences are exact: no probe can tell.
  func testDW2() throws {
    try judge {
      $0.dW2
    } expect: {
      $0.expected.dW2
    }
  }

  private func judgeGradient(
    _ name: String,
    _ part: @escaping (SmallNetworkGradients) -> Tensor<Double>,
    expect: @escaping (Network) -> Expected,
    scaled: @escaping (Network, _ scale: Double) -> Network
  ) throws {
    try judge(part, expect: expect) {
      judgeDerivation(name, part, expect: expect, scaled: scaled)
    }
  }

  private func judgeDerivation(
    _ name: String,
    _ part: @escaping (SmallNetworkGradients) -> Tensor<Double>,
    expect: @escaping (Network) -> Expected,
    scaled: @escaping (Network, _ scale: Double) -> Network
  ) -> Bool {
    let probes = { [self] (ask: @escaping (Network) throws -> SmallNetworkGradients) in
      var generator = generator("probes")
      return networkProbes(using: &generator, scaled: scaled, expect: expect) { try part(ask($0)) }
    }
    return judgeDerivation(
      of: "smallNetworkGradients",
      name,
      probes: probes { [self] in try ask($0) },
      compositions: networkCompositions.map(probes)
    )
  }

  private func judge(
    _ part: @escaping (SmallNetworkGradients) -> Tensor<Double>,
    expect: (Network) -> Expected,
    judgeDerivation: () -> Bool = { false }
  ) throws {
    var generator = generator()
    try judge(
      "smallNetworkGradients",
      on: Network.questions(using: &generator),
      ask: { [self] in [part(try ask($0))] },
      expect: { [expect($0)] },
      compositions: networkCompositions.map { compose in { [part(try compose($0))] } },
      judgeDerivation: judgeDerivation
    )
  }
}

extension BatchNormCase {
  /// The student's loss and gradients on one draw.
  func ask(_ network: Network) throws -> SmallNetworkGradients {
    try subject(
      BatchNormTask.smallNetwork,
      network.x,
      network.w1,
      network.layer.gamma,
      network.layer.beta,
      network.w2,
      network.target,
      network.layer.epsilon
    )
  }
}
