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
    let isRight = try judge {
      $0.dW1
    } expect: {
      $0.expected.dW1
    }
    guard isRight else { return }
    var generator = generator("probes")
    judgeDerivation(of: "smallNetworkGradients", probes: networkProbes(using: &generator))
  }

  func testDGamma() throws {
    try judge {
      $0.dGamma
    } expect: {
      $0.expected.dGamma
    }
  }

  func testDBeta() throws {
    try judge {
      $0.dBeta
    } expect: {
      $0.expected.dBeta
    }
  }

  func testDW2() throws {
    try judge {
      $0.dW2
    } expect: {
      $0.expected.dW2
    }
  }

  @discardableResult
  private func judge(
    _ part: @escaping (SmallNetworkGradients) -> Tensor<Double>,
    expect: (Network) -> Expected
  ) throws -> Bool {
    var generator = generator()
    return try judge(
      "smallNetworkGradients",
      on: Network.draws(using: &generator),
      ask: { [part(try ask($0))] },
      expect: { [expect($0)] },
      compositions: networkCompositions.map { compose in { [part(try compose($0))] } }
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
