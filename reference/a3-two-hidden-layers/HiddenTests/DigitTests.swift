import CourseKit
import JudgeEvents
import JudgeSupport
import TwoHiddenLayersTask
import XCTest

/// Training on small data, then on real digits.
final class DigitTests: TwoHiddenLayersCase {
  /// Twice the hidden units learn one digit in a hundred more, and take twice the time.
  private static let sizes = [784, 64, 32, 10]
  private static let bar = 0.86

  /// The place where `train` ended on a small plan.
  private enum Ending {
    /// The end of right steps.
    case right
    /// The end of the student's own steps, which are wrong.
    case own
    case elsewhere
    /// Where the student's own steps end, which are at no numbers, or do not tell the batches.
    case nowhere
  }

  /// Whoever learns, but in other batches than the task says, keeps four points of six; whose own
  /// steps are wrong pays for them elsewhere, and digits would only tell of them again.
  ///
  /// A step that ends it, or ends at no numbers, pays for that itself.
  func testTrain() throws {
    beginChain()
    let endings = try unrecorded(trainOnPlans)
    if endings.contains(.elsewhere) { forgetChain() }
    let isRight = !endings.contains(.elsewhere) && endings.contains { $0 != .nowhere }
    // Asked again, small answers name the slip. One of another function is named there.
    if !isRight { _ = try trainOnPlans() }
    if endings.allSatisfy({ $0 == .nowhere }) {
      fail(
        "On small data train and your own steps end at no numbers, or at ones that do not depend "
          + "on the samples and batches."
      )
    }
    if isRight, endings.contains(where: { $0 != .right }) { return }
    if isRight {
      judgeMemory()
      judgeNoEpochs()
    }
    if try unrecorded(learns), !isRight { award(4) }
  }

  /// Asks for the first plan again when all other functions have seen other data, last of all.
  ///
  /// What they keep for `train` shows then; a step that has changed by then pays for it elsewhere.
  private func judgeMemory() {
    lastly { [self] in
      let plan = plans[0]
      for group in otherQuestions(like: plan) {
        guard provoke(group) else { return }
        if try ask(plan).isClose(to: plan.end, TrainingPlan.tolerance) { continue }
        let areRight = ownSteps.allSatisfy {
          (try? $0(plan, plan.batches))?.isClose(to: plan.end, TrainingPlan.tolerance) ?? false
        }
        guard areRight else { return }
        tell(.notRepeatable(function: "train"))
        return XCTFail("train: ends elsewhere after calls of other functions")
      }
    }
  }

  /// Without epochs nothing is learned; who cannot be asked for none loses nothing.
  private func judgeNoEpochs() {
    lastly { [self] in
      let plan = plans[0]
      var end: Parameters?
      _ = provoke([{ end = try self.ask(plan, epochs: 0) }])
      guard let end, !end.isClose(to: plan.start, TrainingPlan.tolerance) else { return }
      fail("Without epochs train should return the parameters as they are.")
      award(4)
    }
  }

  /// The seeds of starts and batches with which right code clears the bar by three in a hundred.
  private static let starts: [UInt64] = [0, 1, 2, 3, 4, 5, 6, 8]

  /// The submission's seed chooses among them: what is right for one of them is nothing elsewhere.
  private func learns() throws -> Bool {
    // In the order of their classes: without a permutation nothing good comes of it.
    let digits = try Digits.training()
    let order = digits.labels.indices.sorted { digits.labels[$0] < digits.labels[$1] }
    let data = Dataset(x: digits.images(at: order), labels: order.map { digits.labels[$0] })
    let number = Self.starts[Int(seed % 8)]
    var generator = Generator(seed: number)
    let start = kaiming(Self.sizes, using: &generator)
    let yours = try subject(TwoHiddenLayersTask.train, start, data, 5, 16, 0.02, number)
    guard checkShapes(of: yours, sizes: Self.sizes), checkFinite(yours) else { return false }
    guard isTrained(yours.w1, from: start.w1, on: data) else {
      fail("On digits train ends where no training of the given parameters leads.")
      return false
    }
    let accuracy = Reference.accuracy(yours, on: try Digits.test().dataset)
    if accuracy >= Self.bar { return true }
    fail("After 5 epochs \(percent(accuracy)) of the test digits are right; 86 % should be.")
    return false
  }

  /// Training moves all weights a third of their size and those of pixels that are blank in all
  /// images alike; weights that were learned from another start have nothing to do with this one.
  private func isTrained(
    _ end: Tensor<Double>,
    from start: Tensor<Double>,
    on data: Dataset
  ) -> Bool {
    let move = end - start
    let blank = (0..<data.x.shape[1]).filter { pixel in
      (1..<data.count).allSatisfy { data.x[$0, pixel] == data.x[0, pixel] }
    }
    let ofBlank = blank.map(move.row)
    let spread = ofBlank.map { ($0 - ofBlank[0]).largest }.max() ?? 0
    let largest = ofBlank.map(\.largest).max() ?? 0
    return move.squared().sum() <= 0.5 * start.squared().sum() && spread <= 0.1 * largest
  }

  private func trainOnPlans() throws -> [Ending] { try plans.map(ending) }

  private lazy var plans: [TrainingPlan] = {
    var generator = generator()
    return TrainingPlan.all(using: &generator)
  }()

  private func ask(_ plan: TrainingPlan, epochs: Int? = nil) throws -> Parameters {
    try subject(
      plan.isSecond ? TwoHiddenLayersTask.trainAgain : TwoHiddenLayersTask.train,
      plan.start,
      plan.data,
      epochs ?? plan.epochs,
      plan.batchSize,
      plan.rate,
      plan.seed
    )
  }

  private func ending(of plan: TrainingPlan) throws -> Ending {
    let yours = try ask(plan)
    guard checkShapes(of: yours, sizes: TrainingPlan.sizes) else { return .elsewhere }
    if yours.isClose(to: plan.end, TrainingPlan.tolerance) { return .right }
    for steps in ownSteps {
      guard let own = try? unrecorded({ try steps(plan, plan.batches) }) else { continue }
      if !yours.isFinite, !own.isFinite { return .nowhere }
      guard yours.isClose(to: own, TrainingPlan.tolerance) else { continue }
      return tellsBatches(steps, plan, own) ? .own : .nowhere
    }
    guard checkFinite(yours) else { return .elsewhere }
    fail(
      "On small data train does not end where the steps that the task describes lead, right ones "
        + "or your own: as many epochs as it is told, one permutation for each, consecutive "
        + "batches in its order, the last one as short as it comes, and the learning rate as it "
        + "is given."
    )
    return .elsewhere
  }

  // MARK: The student's own steps

  private var ownSteps: [(TrainingPlan, [Batch]) throws -> Parameters] {
    [takeSteps, takeStepsOneByOne, takeStepsByGradients]
  }

  /// Steps that end at one place whatever the samples are, or however many, would fit any `train`.
  private func tellsBatches(
    _ steps: (TrainingPlan, [Batch]) throws -> Parameters,
    _ plan: TrainingPlan,
    _ own: Parameters
  ) -> Bool {
    let fewer = Array(plan.batches.dropLast())
    let others = plan.batches.map { Batch(x: -$0.x, labels: $0.labels) }
    return [fewer, others].allSatisfy { batches in
      guard let end = try? unrecorded({ try steps(plan, batches) }) else { return false }
      return !end.isClose(to: own, TrainingPlan.tolerance)
    }
  }

  private func takeSteps(_ plan: TrainingPlan, _ batches: [Batch]) throws -> Parameters {
    try subject(TwoHiddenLayersTask.trainSteps, plan.start, batches, plan.rate).parameters
  }

  private func takeStepsOneByOne(_ plan: TrainingPlan, _ batches: [Batch]) throws -> Parameters {
    try batches.reduce(plan.start) {
      try subject(TwoHiddenLayersTask.trainSteps, $0, [$1], plan.rate).parameters
    }
  }

  private func takeStepsByGradients(
    _ plan: TrainingPlan,
    _ batches: [Batch]
  ) throws -> Parameters {
    try batches.reduce(plan.start) { p, batch in
      let g = try subject(TwoHiddenLayersTask.backward, batch.x, batch.labels, p)
      return try subject(TwoHiddenLayersTask.sgdStep, p, g, plan.rate)
    }
  }

  private func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }
}
