import CourseKit
import TwoHiddenLayers
import TwoHiddenLayersTask
import XCTest

/// By hand: every number is in README.md, in eighths.
final class BackwardTests: HomeworkTestCase {
  func testOutputLayer() {
    attempt {
      let yours = try backward(Example.x, labels: Example.labels, Example.p)
      expect(yours.w3, Example.gradients.w3, "dW3", hint: "It is made of a2 and dLogits")
      expect(yours.b3, Example.gradients.b3, "dB3")
    }
  }

  func testSecondHiddenLayer() {
    attempt {
      let yours = try backward(Example.x, labels: Example.labels, Example.p)
      expect(yours.w2, Example.gradients.w2, "dW2", hint: "It is made of a1 and dZ2")
      expect(yours.b2, Example.gradients.b2, "dB2", hint: "dA2 must pass the ReLU first")
    }
  }

  func testFirstHiddenLayer() {
    attempt {
      let yours = try backward(Example.x, labels: Example.labels, Example.p)
      expect(yours.w1, Example.gradients.w1, "dW1", hint: "It is made of x and dZ1")
      expect(yours.b1, Example.gradients.b1, "dB1", hint: "dA1 must pass the ReLU first")
    }
  }
}

/// Each of the six gradients against finite differences of your own loss.
final class BackwardDifferencesTests: HomeworkTestCase {
  func testW3() { check(\.w3, "dW3") }
  func testB3() { check(\.b3, "dB3") }
  func testW2() { check(\.w2, "dW2") }
  func testB2() { check(\.b2, "dB2") }
  func testW1() { check(\.w1, "dW1") }
  func testB1() { check(\.b1, "dB1") }

  private func check(
    _ tensor: WritableKeyPath<Parameters, Tensor<Double>>,
    _ name: String,
    file: StaticString = #filePath,
    line: UInt = #line
  ) {
    attempt(
      {
        var net = Net()
        let yours = try backward(net.x, labels: net.labels, net.p)[keyPath: tensor]
        let report = try checkGradient(
          of: { moved in
            net.p[keyPath: tensor] = moved
            return try net.loss()
          },
          at: net.p[keyPath: tensor],
          claimed: yours,
          named: name,
          batch: net.labels.count
        )
        expect(report, file: file, line: line)
      },
      file: file,
      line: line
    )
  }
}

/// A 4-5-3-6 network and seven samples; no unit is near the kink of its ReLU.
private struct Net {
  let x: Tensor<Double>
  let labels = [0, 1, 2, 3, 4, 5, 2]
  var p: Parameters

  init() {
    var generator = Generator(seed: 3)
    x = generator.normal(shape: [7, 4])
    p = Parameters(
      w1: generator.normal(shape: [4, 5]),
      b1: generator.normal(shape: [5]),
      w2: generator.normal(shape: [5, 3]),
      b2: generator.normal(shape: [3]),
      w3: generator.normal(shape: [3, 6]),
      b3: generator.normal(shape: [6])
    )
  }

  func loss() throws -> Double {
    try crossEntropy(logits: try forward(x, p).logits, labels: labels)
  }
}
