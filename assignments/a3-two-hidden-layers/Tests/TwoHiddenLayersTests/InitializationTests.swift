import CourseKit
import TwoHiddenLayers
import TwoHiddenLayersTask
import XCTest

final class InitializationTests: HomeworkTestCase {
  private let sizes = [784, 128, 64, 10]

  func testShapes() {
    attempt {
      let shapes = try draw(.kaiming).tensors.map(\.value.shape)
      XCTAssertEqual(shapes, [[784, 128], [128], [128, 64], [64], [64, 10], [10]])
    }
  }

  func testZero() {
    attempt {
      for (name, tensor) in try draw(.zero).tensors {
        XCTAssert(tensor.scalars.allSatisfy { $0 == 0 }, "\(name) should be all zero")
      }
    }
  }

  /// Weights and biases, as on the slide.
  func testGaussian() {
    attempt {
      for (name, tensor) in try draw(.gaussian(0.1)).tensors {
        expectDeviation(of: tensor, 0.1, name)
      }
    }
  }

  func testXavier() {
    attempt {
      let p = try draw(.xavier)
      expectDeviation(of: p.w1, (1.0 / 784).squareRoot(), "w1, which has 784 inputs,")
      expectDeviation(of: p.w2, (1.0 / 128).squareRoot(), "w2, which has 128 inputs,")
      expectDeviation(of: p.w3, (1.0 / 64).squareRoot(), "w3, which has 64 inputs,")
      expectZeroBiases(p)
    }
  }

  func testKaiming() {
    attempt {
      let p = try draw(.kaiming)
      expectDeviation(of: p.w1, (2.0 / 784).squareRoot(), "w1, which has 784 inputs,")
      expectDeviation(of: p.w2, (2.0 / 128).squareRoot(), "w2, which has 128 inputs,")
      expectDeviation(of: p.w3, (2.0 / 64).squareRoot(), "w3, which has 64 inputs,")
      expectZeroBiases(p)
    }
  }

  func testTheSeedDecides() {
    attempt {
      let (first, again) = (try draw(.xavier, seed: 5), try draw(.xavier, seed: 5))
      let other = try draw(.xavier, seed: 6)
      XCTAssert(first == again, "the same seed should draw the same parameters")
      XCTAssert(first != other, "another seed should draw other parameters")
    }
  }

  /// A network that knows nothing yet should say so.
  func testInitialLossIsNearLog10() {
    attempt {
      let data = try digits(200)
      let logits = try forward(data.x, try draw(.gaussian(0.01))).logits
      let loss = try crossEntropy(logits: logits, labels: data.labels)
      XCTAssertEqual(
        loss,
        2.303,
        accuracy: 0.01,
        "the loss before training, with small weights: log 10"
      )
    }
  }

  private func draw(_ kind: Initializer, seed: UInt64 = 1) throws -> Parameters {
    var generator = Generator(seed: seed)
    return try initialize(kind, sizes: sizes, using: &generator)
  }

  /// Six standard errors wide.
  private func expectDeviation(of tensor: Tensor<Double>, _ expected: Double, _ what: String) {
    let n = Double(tensor.count)
    let mean = tensor.sum() / n
    let deviation = ((tensor - mean).squared().sum() / n).squareRoot()
    XCTAssertEqual(
      deviation,
      expected,
      accuracy: expected * 6 / (2 * n).squareRoot(),
      "the standard deviation of \(what) should be about \(expected)"
    )
    XCTAssertEqual(
      mean,
      0,
      accuracy: expected * 6 / n.squareRoot(),
      "the mean of \(what) should be about 0"
    )
  }

  private func expectZeroBiases(_ p: Parameters) {
    for (name, b) in [("b1", p.b1), ("b2", p.b2), ("b3", p.b3)] {
      XCTAssert(b.scalars.allSatisfy { $0 == 0 }, "\(name) should be all zero")
    }
  }
}
