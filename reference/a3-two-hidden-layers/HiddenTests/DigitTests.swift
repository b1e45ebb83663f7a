import CourseKit
import JudgeSupport
import TwoHiddenLayersTask
import XCTest

/// Training on real digits.
final class DigitTests: TwoHiddenLayersCase {
  private static let sizes = [784, 128, 64, 10]
  private static let bar = 0.86
  /// The distance by which rounding may move the accuracy: at most 0.003 was seen, in single
  /// precision.
  private static let margin = 0.02

  /// Whoever learns, but in other batches than the task says, keeps four points of six.
  func testTrain() throws {
    let isRight = try unrecorded { try takesTheRightBatches() }
    // Asked again, small answers name the slip. One of another function is named there.
    if !isRight { _ = try takesTheRightBatches() }
    if try unrecorded(learns), !isRight { award(4) }
  }

  /// Weights and batches are the same for all submissions, so that the bar is.
  private func learns() throws -> Bool {
    // In the order of their classes: without a permutation nothing good comes of it.
    let digits = try Digits.training()
    let order = digits.labels.indices.sorted { digits.labels[$0] < digits.labels[$1] }
    let data = Dataset(x: digits.images(at: order), labels: order.map { digits.labels[$0] })
    let test = try Digits.test().dataset
    var generator = Generator(seed: 0)
    let start = kaiming(Self.sizes, using: &generator)

    let yours = try subject(TwoHiddenLayersTask.train, start, data, 5, 16, 0.02, 1)
    guard checkShapes(of: yours, sizes: Self.sizes) else { return false }
    var reference = start
    Reference.train(
      &reference,
      on: data,
      epochs: 5,
      batchSize: 16,
      learningRate: 0.02,
      seed: 1
    )
    let accuracy = Reference.accuracy(yours, on: test)
    let right = Reference.accuracy(reference, on: test)
    let staff = "The reference gets \(percent(right)) right."
    guard accuracy >= Self.bar else {
      fail(
        "After 5 epochs \(percent(accuracy)) of the test digits are right; 86 % should be.",
        staff: staff
      )
      return false
    }
    guard abs(accuracy - right) <= Self.margin else {
      fail(
        "After 5 epochs \(percent(accuracy)) of the test digits are right, which is not what these "
          + "weights and batches lead to.",
        staff: staff
      )
      return false
    }
    return true
  }

  /// On small data `train` must end where the student's own steps end, or the reference's, on the
  /// batches that the task describes: a slip in a gradient costs nothing here.
  private func takesTheRightBatches() throws -> Bool {
    var generator = generator()
    let plans: [(n: Int, batch: Int, epochs: Int)] = [
      (23, 5, 3), (16, 8, 2), (6, 9, 2), (7, 1, 1), (11, 5, 2),
    ]
    let areRight = try plans.map { plan in
      let sizes = [6, 5, 4, 3]
      let data = Dataset(
        x: generator.samples(plan.n, sizes[0]),
        labels: generator.labels(plan.n, classes: sizes[3])
      )
      let start = kaiming(sizes, using: &generator)
      let seed = UInt64(generator.next32())
      let yours = try subject(
        TwoHiddenLayersTask.train,
        start,
        data,
        plan.epochs,
        plan.batch,
        0.2,
        seed
      )
      guard checkShapes(of: yours, sizes: sizes) else { return false }
      var reference = start
      Reference.train(
        &reference,
        on: data,
        epochs: plan.epochs,
        batchSize: plan.batch,
        learningRate: 0.2,
        seed: seed
      )
      if isClose(yours, reference) { return true }
      let batches = Self.batches(of: data, plan.batch, plan.epochs, seed)
      let steps = try? unrecorded {
        try subject(TwoHiddenLayersTask.trainSteps, start, batches, 0.2)
      }
      if let steps, isClose(yours, steps.parameters) { return true }
      fail(
        "On small data train does not end where the steps that the task describes lead: as many "
          + "epochs as it is told, one permutation for each, consecutive batches in its order, the "
          + "last one as short as it comes, and the learning rate as it is given."
      )
      return false
    }
    return areRight.allSatisfy { $0 }
  }

  private static func batches(
    of data: Dataset,
    _ size: Int,
    _ epochs: Int,
    _ seed: UInt64
  ) -> [Batch] {
    var generator = Generator(seed: seed)
    return (0..<epochs).flatMap { _ in
      let order = generator.permutation(data.count)
      return stride(from: 0, to: data.count, by: size).map {
        data.batch(order[$0..<min($0 + size, data.count)])
      }
    }
  }

  /// Far wider than rounding, single precision's too, and far narrower than one batch or a decay
  /// of the weights.
  private func isClose(_ left: Parameters, _ right: Parameters) -> Bool {
    zip(left.tensors, right.tensors).allSatisfy { left, right in
      left.value.shape == right.value.shape
        && (left.value - right.value).largest <= 1e-4 * right.value.largest
    }
  }

  private func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }
}
