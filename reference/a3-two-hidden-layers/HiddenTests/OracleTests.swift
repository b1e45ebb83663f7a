import CourseKit
import TwoHiddenLayersTask
import XCTest

/// Vouches for the reference by central differences of its own forward pass: what the hidden tests
/// expect is the derivative, and the networks on which they expect it are loud enough to see a
/// slip.
final class OracleTests: XCTestCase {
  /// Truncation and rounding of a central difference at a step of 1e-5 of the tensor's size;
  /// measured below 1e-8, and 1e-7 is asked.
  private let tolerance = 1e-7

  func testGradientsAreDerivativesOfTheLoss() {
    var generator = Generator(seed: 1)
    for _ in 0..<10 {
      let draws = Network.draws(using: &generator) + Network.wideDraws(using: &generator)
      for network in draws {
        for tensor in [\Parameters.w1, \.b1, \.w2, \.b2, \.w3, \.b3] {
          assertDerivative(on: network, tensor)
        }
      }
    }
  }

  /// The loss of three to one and one to three is known, and so is that of equal logits.
  func testLossIsTheMeanSurprise() {
    let logits = Tensor<Double>([[log3 + 5, 5], [log3 - 7, -7]])
    let loss = Reference.crossEntropy(logits, [0, 1])
    XCTAssertEqual(loss, 0.8369882167858358, accuracy: 1e-15)
    let equal = Reference.crossEntropy(.zeros(4, 10), [0, 3, 5, 9])
    XCTAssertEqual(equal, 2.302585092994046, accuracy: 1e-15)
    let probabilities = Reference.softmax(logits)
    for i in 0..<2 { XCTAssertEqual(probabilities[i, 0], 0.75, accuracy: 1e-15) }
  }

  func testTrainingDescends() {
    var generator = Generator(seed: 2)
    let network = Network(7, 3, 5, 4, 6, using: &generator)
    var p = network.p
    let data = Dataset(x: network.x, labels: network.labels)
    let loss = { p in Reference.crossEntropy(Reference.forward(data.x, p).logits, data.labels) }
    for epoch in 1...5 {
      let before = loss(p)
      Reference.train(
        &p,
        on: data,
        epochs: 1,
        batchSize: 7,
        learningRate: 0.01,
        seed: 1
      )
      XCTAssertLessThan(loss(p), before, "epoch \(epoch)")
    }
  }

  func testDrawsAreLoud() {
    var generator = Generator(seed: 3)
    var batchesOfOneClass = 0
    for _ in 0..<20 {
      let draws = Network.randomDraws(using: &generator) + Network.wideDraws(using: &generator)
      for network in draws {
        for z in [network.pass.z1, network.pass.z2] {
          XCTAssertGreaterThan(z.smallest, 1e-5 * z.largest)
        }
        let classes = Set(network.labels).count
        // Of the batch that is of one class on purpose there is one.
        if classes == 1, network.labels.count > 1 {
          batchesOfOneClass += 1
        } else {
          XCTAssertEqual(classes, min(network.p.b3.count, network.labels.count))
        }
        for (name, gradient) in network.gradients.tensors {
          XCTAssertGreaterThan(gradient.largest, 0, name)
        }
      }
    }
    XCTAssertEqual(batchesOfOneClass, 20)
  }

  /// Single precision holds the networks that probes are made of, and the zeros in their gradients
  /// are zeros.
  func testExactNetworksAreExact() {
    var generator = Generator(seed: 4)
    for _ in 0..<200 {
      let withZeros = Network.withZeros(using: &generator)
      let nearKinks = [Network.HiddenLayer.first, .second].map {
        Network.nearKinks(in: $0, using: &generator)
      }
      for network in [withZeros] + nearKinks {
        for tensor in network.p.tensors.map(\.value) + [network.x] {
          XCTAssertTrue(tensor.scalars.allSatisfy { Double(Float($0)) == $0 })
        }
      }
      XCTAssertEqual(withZeros.pass.logits.largest, 0)
      for (_, path) in Parameters.paths {
        let zeros = withZeros.gradients[keyPath: path].scalars.prefix(Network.zeros(in: path))
        XCTAssertTrue(zeros.allSatisfy { $0 == 0 }, "\(path)")
      }
      let twins = Network.withTwins(using: &generator)
      for (name, gradient) in twins.gradients.tensors {
        XCTAssertTrue(Network.twins(in: gradient).allSatisfy { $0.0 == $0.1 }, name)
      }
    }
  }

  /// Right code moves constant weights far more than is asked for, and keeps units equal.
  func testConstantStartsDiffer() {
    let draws = (0..<2).map { seed in
      var generator = Generator(seed: UInt64(seed))
      return ConstantStart(using: &generator).draws
    }
    for (one, other) in zip(draws[0], draws[1]) {
      XCTAssertNotEqual(one.batches, other.batches)
      XCTAssertNotEqual(one.rate, other.rate)
      if one.start.w1.largest > 0 { XCTAssertNotEqual(one.start, other.start) }
    }
  }

  private let log3 = 1.0986122886681098

  private func assertDerivative(
    on network: Network,
    _ tensor: WritableKeyPath<Parameters, Tensor<Double>>,
    line: UInt = #line
  ) {
    let gradient = network.gradients[keyPath: tensor]
    let scale = network.gradientTerms[keyPath: tensor].largest
    let size = network.p[keyPath: tensor].largest
    let step = 1e-5 * (size > 0 ? size : 1)
    for index in gradient.scalars.indices {
      var (above, below) = (network.p, network.p)
      above[keyPath: tensor].scalars[index] += step
      below[keyPath: tensor].scalars[index] -= step
      let taken =
        above[keyPath: tensor].scalars[index] - below[keyPath: tensor].scalars[index]
      let numeric = (network.loss(above) - network.loss(below)) / taken
      let error = abs(numeric - gradient.scalars[index]) / scale
      XCTAssertLessThanOrEqual(error, tolerance, "\(tensor) [\(index)]", line: line)
    }
  }
}

extension Network {
  fileprivate func loss(_ p: Parameters) -> Double {
    Reference.crossEntropy(Reference.forward(x, p).logits, labels)
  }
}
