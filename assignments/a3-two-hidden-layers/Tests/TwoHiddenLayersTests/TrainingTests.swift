import CourseKit
import TwoHiddenLayers
import TwoHiddenLayersTask
import XCTest

final class TrainingTests: HomeworkTestCase {
  /// A giant step of 8, because the gradients are in eighths.
  func testSGDStep() {
    attempt {
      let yours = try sgdStep(Example.p, Example.gradients, learningRate: 8)
      expect(
        yours.w1,
        Tensor([[20, -2, -16], [-3, -1, 5]]),
        "w1",
        hint: "Go against the gradient"
      )
      expect(yours.b1, Tensor([7, 0, -7]), "b1", hint: "Biases learn too")
      expect(yours.w2, Tensor([[4, -13], [1, 2], [-1, -35]]), "w2")
      expect(yours.b2, Tensor([2, -9]), "b2")
      expect(yours.w3, Tensor([[4, -1], [-2, 2]]), "w3")
      expect(yours.b3, Tensor([Example.log3 - 4, 2]), "b3")
    }
  }

  func testTrainStepsReturnsTheLossBeforeEachStep() {
    attempt {
      let batch = Batch(x: Example.x, labels: Example.labels)
      let (_, losses) = try trainSteps(Example.p, batches: [batch], learningRate: 0.1)
      XCTAssertEqual(losses.count, 1, "one loss for each batch")
      XCTAssertEqual(losses.first ?? .nan, Example.loss, accuracy: 1e-5, "the loss before the step")
    }
  }

  func testTrainStepsGoesOnFromStepToStep() {
    attempt {
      let batch = Batch(x: Example.x, labels: Example.labels)
      let (once, _) = try trainSteps(Example.p, batches: [batch], learningRate: 0.1)
      let (twice, _) = try trainSteps(once, batches: [batch], learningRate: 0.1)
      let (both, losses) = try trainSteps(Example.p, batches: [batch, batch], learningRate: 0.1)
      for ((name, yours), (_, expected)) in zip(both.tensors, twice.tensors) {
        expect(yours, expected, "\(name) after two steps", hint: "The second starts from the first")
      }
      XCTAssertEqual(losses.count, 2, "one loss for each batch")
      XCTAssertLessThan(losses.last ?? .nan, Example.loss, "the loss after one small step")
    }
  }

  /// Twenty digits can be learned by heart.
  func testLossFallsOnTwentyDigits() {
    attempt {
      let data = try digits(20)
      let batches = [Batch](repeating: data.batch(0..<20), count: 100)
      let (_, losses) = try trainSteps(try start(), batches: batches, learningRate: 0.05)
      let (first, last) = (losses.first ?? .nan, losses.last ?? .nan)
      XCTAssertGreaterThan(first, 1, "the loss before training")
      XCTAssertLessThan(last, first / 10, "the loss after 100 steps on the same 20 digits")
    }
  }

  /// Equal units compute the same, get the same gradient, and stay equal: why weights are random.
  func testEqualUnitsStayEqual() {
    attempt {
      let p = Parameters(
        w1: Tensor(repeating: 0.5, shape: [2, 3]),
        b1: .zeros(3),
        w2: Tensor(repeating: 0.5, shape: [3, 2]),
        b2: .zeros(2),
        w3: Tensor([[1, 0.5], [1, 0.5]]),
        b3: .zeros(2)
      )
      let batch = Batch(x: Tensor([[1, 2], [3, 1]]), labels: [0, 1])
      let (end, _) = try trainSteps(p, batches: [batch, batch, batch], learningRate: 0.1)
      expect(end.w1.transposed().row(2), end.w1.transposed().row(0), "the last column of w1")
      expect(end.w2.row(2), end.w2.row(0), "the last row of w2")
      XCTAssertNotEqual(end.w1, p.w1, "w1 should have moved")
    }
  }

  /// One permutation for each epoch, consecutive batches, the last one short: here 8, 8, 4.
  func testTrainTakesTheRightBatches() {
    attempt {
      let data = try digits(20)
      var generator = Generator(seed: 7)
      let yours = try train(
        try start(),
        on: data,
        epochs: 2,
        batchSize: 8,
        learningRate: 0.05,
        using: &generator
      )

      var again = Generator(seed: 7)
      var batches: [Batch] = []
      for _ in 1...2 {
        let order = again.permutation(20)
        batches += [order[0..<8], order[8..<16], order[16..<20]].map { data.batch($0) }
      }
      let (expected, _) = try trainSteps(try start(), batches: batches, learningRate: 0.05)
      for ((name, yours), (_, expected)) in zip(yours.tensors, expected.tensors) {
        expect(yours, expected, "\(name) after two epochs")
      }
    }
  }

  func testTrainLearnsDigits() {
    attempt {
      var generator = Generator(seed: 8)
      let p = try train(
        try start(),
        on: try digits(1_000),
        epochs: 3,
        batchSize: 16,
        learningRate: 0.02,
        using: &generator
      )
      let test = try MNIST.test().dataset
      let guesses = try forward(test.x, p).logits.argmax(axis: 1)
      let right = zip(guesses, test.labels).filter { $0 == $1 }.count
      XCTAssertGreaterThan(right, 700, "of 1,000 digits never seen, after three short epochs")
    }
  }

  private func start() throws -> Parameters {
    var generator = Generator(seed: 9)
    return try initialize(.kaiming, sizes: [784, 32, 16, 10], using: &generator)
  }
}
