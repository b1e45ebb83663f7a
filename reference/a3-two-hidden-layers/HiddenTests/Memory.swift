import CourseKit
import JudgeSupport
import TwoHiddenLayersTask

// What one function keeps and another uses: it shows when the first has seen other data.

/// Arguments for all functions at once.
struct Arguments {
  var x, z, dZ, logits: Tensor<Double>
  var labels: [Int]
  var p, g: Parameters

  /// Draws some; `sizes` are those of a network, and `z` and `dZ` belong to its first layer.
  init(_ n: Int, _ sizes: [Int], using generator: inout Generator) {
    x = generator.samples(n, sizes[0])
    z = generator.normal(shape: [n, sizes[1]])
    dZ = generator.normal(shape: [n, sizes[1]])
    logits = generator.normal(shape: [n, sizes[3]])
    labels = generator.labels(n, classes: sizes[3])
    p = Network.parameters(sizes, using: &generator)
    g = p.map { generator.normal(shape: $0.shape) }
  }

  /// Others of the same shapes.
  func others(using generator: inout Generator) -> Arguments {
    let sizes = [p.w1.shape[0], p.b1.count, p.b2.count, p.b3.count]
    return Arguments(labels.count, sizes, using: &generator)
  }

  /// The same but for one argument, which is another's.
  func with<Part>(
    _ part: WritableKeyPath<Arguments, Part>,
    of other: Arguments
  ) -> Arguments {
    var mixture = self
    mixture[keyPath: part] = other[keyPath: part]
    return mixture
  }
}

/// A draw whose arguments other functions can be asked about too.
protocol Shared {
  /// Its arguments, and any for what it has none.
  func arguments(using generator: inout Generator) -> Arguments
}

extension Network: Shared {
  func arguments(using generator: inout Generator) -> Arguments {
    let sizes = [p.w1.shape[0], p.b1.count, p.b2.count, p.b3.count]
    var arguments = Arguments(labels.count, sizes, using: &generator)
    (arguments.x, arguments.labels, arguments.p) = (x, labels, p)
    (arguments.z, arguments.logits) = (pass.z1, pass.logits)
    return arguments
  }
}

extension TwoHiddenLayersCase {
  /// Questions to all functions on other data of a draw's shapes, and on data of which one argument
  /// is the draw's: who keeps something by one argument of several shows then.
  func otherQuestions(like draw: Any) -> [[() throws -> Void]] {
    var generator = self.generator("memory")
    let own =
      (draw as? any Shared)?.arguments(using: &generator)
      ?? Arguments(6, [6, 5, 4, 3], using: &generator)
    let others = own.others(using: &generator)
    let ask = Questions(judge: self)
    return [
      ask.forward(others), ask.gradients(others), ask.training(others),
      ask.mixtures(of: others, with: own),
    ]
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
      sgdStep(a), trainSteps(a),
      {
        let data = Dataset(x: a.x, labels: a.labels)
        _ = try judge.subject(TwoHiddenLayersTask.train, a.p, data, 1, 2, 0.1, 3)
      },
      {
        let sizes = [a.p.w1.shape[0], a.p.b1.count, a.p.b2.count, a.p.b3.count]
        _ = try judge.subject(TwoHiddenLayersTask.initialize, .kaiming, sizes, 4)
      },
    ]
  }

  func mixtures(of others: Arguments, with own: Arguments) -> [Question] {
    let mixtures: [(arguments: Arguments, questions: [(Arguments) -> Question])] = [
      (others.with(\.x, of: own), [linear, gradLinear, network, backward]),
      (others.with(\.p.w1, of: own), [linear, gradLinear]),
      (others.with(\.z, of: own), [gradReLU]),
      (others.with(\.dZ, of: own), [gradReLU, gradLinear]),
      (others.with(\.logits, of: own), [crossEntropy, gradLogits]),
      (others.with(\.labels, of: own), [crossEntropy, gradLogits, backward]),
      (others.with(\.p, of: own), [network, backward, sgdStep, trainSteps]),
      (others.with(\.g, of: own), [sgdStep]),
    ]
    return mixtures.flatMap { mixture in mixture.questions.map { $0(mixture.arguments) } }
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
    { _ = try judge.subject(TwoHiddenLayersTask.sgdStep, a.p, a.g, 0.3) }
  }

  private func trainSteps(_ a: Arguments) -> Question {
    let batch = Batch(x: a.x, labels: a.labels)
    return { _ = try judge.subject(TwoHiddenLayersTask.trainSteps, a.p, [batch], 0.3) }
  }
}
