import BatchNorm
import CourseKit
import XCTest

final class SmallNetworkTests: HomeworkTestCase {
  /// W₁ is the identity, so batch norm sees the example; one hidden value of six is negative.
  func testByHand() {
    attempt {
      let yours = try smallNetworkGradients(
        x: Example.x,
        w1: Tensor([[1, 0], [0, 1]]),
        gamma: Example.gamma,
        beta: Example.beta,
        w2: Tensor([[3], [5]]),
        target: Tensor([[27], [24], [12]]),
        epsilon: Example.epsilon
      )
      XCTAssertEqual(yours.loss, 7.0 / 3, accuracy: 1e-5, "the loss: y is 28, 22, 9")
      expect(yours.dW2, Tensor([[-35], [-108]]) / 45, "dW2", hint: "It is made with a, not u")
      expect(yours.dBeta, Tensor([-3, -20]) / 3, "dBeta", hint: "Where u < 0, nothing passes")
      expect(yours.dGamma, Tensor([-2, -24]) / 3, "dGamma", hint: "It is made with xHat")
    }
  }

  func testDW1AgreesWithDifferences() {
    attempt {
      var net = Net()
      let yours = try net.gradients().dW1
      expect(
        try checkGradient(
          of: { w1 in
            net.w1 = w1
            return try net.gradients().loss
          },
          at: net.w1,
          claimed: yours,
          named: "dW1"
        )
      )
    }
  }

  func testDGammaAgreesWithDifferences() {
    attempt {
      var net = Net()
      let yours = try net.gradients().dGamma
      expect(
        try checkGradient(
          of: { gamma in
            net.gamma = gamma
            return try net.gradients().loss
          },
          at: net.gamma,
          claimed: yours,
          named: "dGamma"
        )
      )
    }
  }

  func testDBetaAgreesWithDifferences() {
    attempt {
      var net = Net()
      let yours = try net.gradients().dBeta
      expect(
        try checkGradient(
          of: { beta in
            net.beta = beta
            return try net.gradients().loss
          },
          at: net.beta,
          claimed: yours,
          named: "dBeta"
        )
      )
    }
  }

  func testDW2AgreesWithDifferences() {
    attempt {
      var net = Net()
      let yours = try net.gradients().dW2
      expect(
        try checkGradient(
          of: { w2 in
            net.w2 = w2
            return try net.gradients().loss
          },
          at: net.w2,
          claimed: yours,
          named: "dW2"
        )
      )
    }
  }

  func testBatchOfOne() {
    attempt {
      try expectBatchTooSmall("smallNetworkGradients") {
        _ = try Net(samples: 1).gradients()
      }
      XCTAssertEqual(try Net(samples: 2).gradients().dW1.shape, [3, 4], "two samples are welcome")
    }
  }
}

/// A network of 3 inputs, 4 hidden units and 2 outputs.
private struct Net {
  var x: Tensor<Double>
  var w1: Tensor<Double>
  var gamma = Tensor<Double>([0.5, -1.5, 2, -0.7])
  var beta = Tensor<Double>([0.3, 0.4, -0.5, 0.6])
  var w2: Tensor<Double>
  var target: Tensor<Double>

  init(samples: Int = 5) {
    var generator = Generator(seed: 3)
    x = generator.normal(shape: [samples, 3])
    w1 = generator.normal(shape: [3, 4])
    w2 = generator.normal(shape: [4, 2])
    target = generator.normal(shape: [samples, 2])
  }

  func gradients() throws -> (
    loss: Double, dW1: Tensor<Double>, dGamma: Tensor<Double>, dBeta: Tensor<Double>,
    dW2: Tensor<Double>
  ) {
    try smallNetworkGradients(
      x: x,
      w1: w1,
      gamma: gamma,
      beta: beta,
      w2: w2,
      target: target,
      epsilon: 0.1
    )
  }
}
