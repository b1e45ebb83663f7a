import CourseKit
import JudgeSupport
import TwoHiddenLayersTask
import XCTest

final class TrainingTests: TwoHiddenLayersCase {
  func testSGDStep() throws {
    var generator = generator()
    let judged = try judgeStep(Step.draws(using: &generator), asksAgain: true)
    guard judged.isRight else { return }
    try judgeStep(Step.gradedDraws(using: &generator), asksAgain: false, byEntry: true)
    guard judged.isDouble else { return }
    try judgeStep(Step.extremeDraws(using: &generator), asksAgain: false)
  }

  @discardableResult
  private func judgeStep(
    _ steps: [Step],
    asksAgain: Bool,
    byEntry: Bool = false
  ) throws -> Judged {
    try judge(
      "sgdStep",
      on: steps,
      ask: { [self] in
        try subject(TwoHiddenLayersTask.sgdStep, $0.p, $0.g, $0.rate).tensors.map(\.value)
      },
      expect: { $0.expected },
      asksAgain: asksAgain,
      byEntry: byEntry
    )
  }

  /// Some steps of small networks with batches of all sizes, once with high logits, once with such
  /// as are far apart, once with large samples, so that gradients are large, once with a loss that
  /// is next to nothing and higher ones after it; if these are right, ten on digits, and none.
  func testTrainSteps() throws {
    var generator = generator()
    let first = Steps(sizes: [6, 5, 4, 3], batches: [5, 3, 7, 1], rate: 0.2, using: &generator)
    let small = [
      Steps(sizes: [4, 4, 4, 4], batches: [4, 4, 6], rate: 0.5, level: 16, using: &generator),
      Steps(sizes: [5, 6, 4, 3], batches: [6, 4], rate: 0.2, loudness: 0x1p30, using: &generator),
      Steps(
        sizes: [4, 5, 3, 3],
        batches: [3, 6],
        rate: 0.2,
        level: -22,
        spread: 22,
        using: &generator
      ),
      Steps(sizes: [5, 4, 6, 3], batches: [1, 5, 4], rate: 0.3, isQuiet: true, using: &generator),
    ]
    let others =
      first.path(using: &generator) + small + Steps.allSizes(using: &generator)
      + Steps.innerPath(using: &generator) + Steps.plainDraws(using: &generator)
    guard try judge([first] + others) else { return }
    guard try judge([try Steps.onDigits(using: &generator)], asksAgain: false) else { return }
    if !isComposing { try judgeNoSteps(from: first.start) }
  }

  private func judgeNoSteps(from start: Parameters) throws {
    let end = try subject(TwoHiddenLayersTask.trainSteps, start, [], 0.2)
    let isThere = zip(end.parameters.tensors, start.tensors).allSatisfy { after, before in
      after.value.shape == before.value.shape
        && (after.value - before.value).largest <= Self.tolerance * before.value.largest
    }
    if !isThere || !end.losses.isEmpty {
      fail("Without batches trainSteps should return the parameters as they are, and no losses.")
    }
  }

  @discardableResult
  private func judge(_ steps: [Steps], asksAgain: Bool = true) throws -> Bool {
    try judge(
      "trainSteps",
      on: steps,
      ask: { [self] in
        try subject(TwoHiddenLayersTask.trainSteps, $0.start, $0.batches, $0.rate).tensors
      },
      expect: { $0.expected },
      compositions: stepsCompositions.map { compose in { try compose($0).tensors } },
      asksAgain: asksAgain
    ).isRight
  }

  /// Hidden units that start equal stay equal, to rounding, single precision's too; and still there
  /// is something to learn.
  func testSymmetry() throws {
    var generator = generator()
    let draws = ConstantStart(using: &generator).draws
    if isComposing {
      compose(stepsCompositions.map { route in { try route($0).tensors } }, on: draws)
      return
    }
    beginChain()
    let ends = try draws.map { steps in
      try keepingChain {
        try subject(TwoHiddenLayersTask.trainSteps, steps.start, steps.batches, steps.rate).tensors
      }
    }.map { Parameters(Array($0.dropFirst())) }
    if judgeSymmetry(ends, from: draws.map(\.start)) { forgetChain() }
  }

  private func judgeSymmetry(_ ends: [Parameters], from starts: [Parameters]) -> Bool {
    for (end, start) in zip(ends, starts) {
      guard checkShapes(of: end, sizes: start.sizes), checkFinite(end) else { return false }
      if start.w1.largest == 0 {
        judgeAllZero(end)
      } else {
        expectEqualUnits(end)
        expectMoved(end, from: start)
      }
    }
    if ends[2].weights(movedFrom: ends[1]).contains(where: { !($0 > 1e-6) }) {
      fail("Weights move in five steps to the same place, or nearly, whatever the samples are.")
    }
    return testRun?.totalFailureCount == 0
  }

  /// From all zero only the biases of the output learn.
  private func judgeAllZero(_ end: Parameters) {
    for (name, tensor) in end.tensors.dropLast() where tensor.largest != 0 {
      fail("\(name) changes from all-zero parameters: there its gradient is zero.")
    }
    if !(end.b3.largest > 1e-3) { fail("b3 does not move from all-zero parameters, or hardly.") }
  }

  private func expectEqualUnits(_ p: Parameters) {
    let firstHidden = [p.w1, p.b1.reshaped(1, p.b1.count), p.w2.transposed()]
    let secondHidden = [p.w2, p.b2.reshaped(1, p.b2.count), p.w3.transposed()]
    for (layer, tensors) in [("first", firstHidden), ("second", secondHidden)] {
      let isEqual = tensors.allSatisfy { tensor in
        // One column for each unit of the layer.
        let first = tensor.transposed().row(0).reshaped(tensor.shape[0], 1)
        return (tensor - first).largest <= 1e-6 * tensor.largest
      }
      if !isEqual { fail("Units of the \(layer) hidden layer start equal and do not stay equal.") }
    }
  }

  /// However slowly, the weights have to move; biases are judged elsewhere.
  private func expectMoved(_ end: Parameters, from start: Parameters) {
    let moves = end.weights(movedFrom: start)
    for (name, move) in zip(["w1", "w2", "w3"], moves) where !(move > 1e-6) {
      fail("\(name) does not move in five steps, or hardly, although there is something to learn.")
    }
  }
}
