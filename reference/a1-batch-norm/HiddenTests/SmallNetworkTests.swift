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

  func testDW1() throws { try judge(.dW1) { $0.scalingW1(by: $1) } }

  func testDGamma() throws { try judge(.dGamma) { $0.scalingGammaAndBeta(by: $1) } }

  func testDBeta() throws { try judge(.dBeta) { $0.scalingGammaAndBeta(by: $1) } }

  /// The loss is a square in `W2`, of which wide differences are exact: no scale can tell.
  func testDW2() throws { try judge(.dW2) }

  private func judge(
    _ gradient: NetworkGradient,
    scaled: ((Network, _ scale: Double) -> Network)? = nil
  ) throws {
    let probes = { [self] (ask: @escaping (Network) throws -> SmallNetworkGradients) in
      var generator = generator("probes")
      return networkProbes(of: gradient, using: &generator, scaled: scaled) {
        gradient.part(of: try ask($0))
      }
    }
    try judge {
      gradient.part(of: $0)
    } expect: {
      gradient.expected(on: $0)
    } judgeDerivation: {
      judgeDerivation(
        of: "smallNetworkGradients",
        gradient.rawValue,
        probes: probes { [self] in try ask($0) },
        compositions: networkCompositions.map(probes)
      )
    }
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
