import CourseKit
import JudgeSupport
import TwoHiddenLayersTask

// What one function keeps and another uses: it shows when the first has seen other data.

extension TwoHiddenLayersCase {
  /// Questions to all functions on other data of a draw's shapes, and on the draw's own but for one
  /// argument: whatever of its arguments something is kept by, what is kept then is another's.
  func otherQuestions(like draw: Any) -> [[() throws -> Void]] {
    var generator = self.generator("memory")
    let shared = draw as? any Shared
    let own =
      shared?.arguments(using: &generator) ?? Arguments(6, [6, 5, 4, 3], using: &generator)
    let others = own.others(using: &generator)
    let ask = Questions(judge: self)
    return [ask.forward(others), ask.gradients(others), ask.training(others)]
      + (shared?.parts ?? []).map { ask.all(about: $0, own.with($0, of: others)) }
  }
}

/// One question to each function.
private struct Questions {
  typealias Question = () throws -> Void

  let judge: TwoHiddenLayersCase

  func forward(_ a: Arguments) -> [Question] {
    [
      { _ = try judge.subject(TwoHiddenLayersTask.softmax, a.logits) },
      crossEntropy(a),
      { _ = try judge.subject(TwoHiddenLayersTask.relu, a.z) },
      linear(a),
      network(a),
    ]
  }

  func gradients(_ a: Arguments) -> [Question] {
    [gradLogits(a), gradReLU(a), gradLinear(a), backward(a)]
  }

  func training(_ a: Arguments) -> [Question] {
    [
      sgdStep(a), trainSteps(a), train(a),
      {
        let sizes = a.p.sizes
        _ = try judge.subject(TwoHiddenLayersTask.initialize, .kaiming, sizes, 4)
      },
    ]
  }

  /// The functions that are given this part.
  func all(about part: Arguments.Part, _ a: Arguments) -> [Question] {
    let network = [network(a), backward(a), trainSteps(a), train(a)]
    return switch part {
    case .x: [linear(a), gradLinear(a)] + network
    case .z: [gradReLU(a)]
    case .dZ: [gradReLU(a), gradLinear(a)]
    case .logits: [crossEntropy(a), gradLogits(a)]
    case .labels: [crossEntropy(a), gradLogits(a), backward(a), trainSteps(a), train(a)]
    case .w1: [linear(a), gradLinear(a), sgdStep(a)] + network
    case .b1: [linear(a), sgdStep(a)] + network
    case .w2, .b2, .w3, .b3: [sgdStep(a)] + network
    case .g: [sgdStep(a)]
    case .rate: [sgdStep(a), trainSteps(a), train(a)]
    }
  }

  private func crossEntropy(_ a: Arguments) -> Question {
    { _ = try judge.subject(TwoHiddenLayersTask.crossEntropy, a.logits, a.labels) }
  }

  private func gradLogits(_ a: Arguments) -> Question {
    { _ = try judge.subject(TwoHiddenLayersTask.gradLogits, a.logits, a.labels) }
  }

  private func linear(_ a: Arguments) -> Question {
    { _ = try judge.subject(TwoHiddenLayersTask.linear, a.x, a.p.w1, a.p.b1) }
  }

  private func gradReLU(_ a: Arguments) -> Question {
    { _ = try judge.subject(TwoHiddenLayersTask.gradReLU, a.dZ, a.z) }
  }

  private func gradLinear(_ a: Arguments) -> Question {
    { _ = try judge.subject(TwoHiddenLayersTask.gradLinear, a.dZ, a.x, a.p.w1) }
  }

  private func network(_ a: Arguments) -> Question {
    { _ = try judge.subject(TwoHiddenLayersTask.forward, a.x, a.p) }
  }

  private func backward(_ a: Arguments) -> Question {
    { _ = try judge.subject(TwoHiddenLayersTask.backward, a.x, a.labels, a.p) }
  }

  private func sgdStep(_ a: Arguments) -> Question {
    { _ = try judge.subject(TwoHiddenLayersTask.sgdStep, a.p, a.g, a.rate) }
  }

  private func trainSteps(_ a: Arguments) -> Question {
    let batch = Batch(x: a.x, labels: a.labels)
    return { _ = try judge.subject(TwoHiddenLayersTask.trainSteps, a.p, [batch], a.rate) }
  }

  private func train(_ a: Arguments) -> Question {
    let data = Dataset(x: a.x, labels: a.labels)
    return { _ = try judge.subject(TwoHiddenLayersTask.train, a.p, data, 1, 2, a.rate, 3) }
  }
}
