import CourseKit
import JudgeSupport
import TwoHiddenLayersTask

// Each function of the student's, called by a composition: whether it is right for what it is
// given, by the tolerance and the unit of its own test. What another function answered has any
// shape; nothing is computed with it but where it is the one that the judge's own sizes ask for.

extension TwoHiddenLayersCase {
  /// `linear`.
  func linear(
    _ x: Tensor<Double>,
    _ w: Tensor<Double>,
    _ b: Tensor<Double>,
    _ sizes: LayerSizes
  ) throws -> Tensor<Double> {
    let isFit = [x, w, b].map(\.shape) == [sizes.input, sizes.weights, [sizes.outputs]]
    return try step("linear", on: [x, w, b], isFit: isFit) {
      [
        RightAnswer(
          product(x, w) + b,
          terms: product(x.absolute, w.absolute) + b.absolute
        )
      ]
    } _: {
      try subject(TwoHiddenLayersTask.linear, x, w, b)
    }
  }

  /// `relu`.
  func relu(_ z: Tensor<Double>) throws -> Tensor<Double> {
    try step("relu", on: [z], isFit: true) {
      [RightAnswer(z.map { max($0, 0) }, terms: z.absolute)]
    } _: {
      try subject(TwoHiddenLayersTask.relu, z)
    }
  }

  /// `gradReLU`; at the kink both conventions are right.
  func gradReLU(_ dA: Tensor<Double>, _ z: Tensor<Double>) throws -> Tensor<Double> {
    try step("grad-relu", on: [dA, z], isFit: dA.shape == z.shape) {
      let masks = [z.map { $0 > 0 ? 1.0 : 0 }, z.map { $0 >= 0 ? 1 : 0 }]
      return masks.map { RightAnswer(dA * $0, terms: dA.absolute) }
    } _: {
      try subject(TwoHiddenLayersTask.gradReLU, dA, z)
    }
  }

  /// `gradLogits`.
  func gradLogits(_ logits: Tensor<Double>, _ labels: [Int], classes: Int) throws
    -> Tensor<Double>
  {
    let isFit = logits.shape == [labels.count, classes]
    return try step("grad-logits", on: [logits], isFit: isFit) {
      let oneHot = Reference.oneHot(labels, classes: classes)
      let terms = (Reference.softmax(logits) + oneHot) / Double(labels.count)
      return [RightAnswer(Reference.gradLogits(logits, labels), terms: terms)]
    } _: {
      try subject(TwoHiddenLayersTask.gradLogits, logits, labels)
    }
  }

  /// `gradLinear`, whose three results have a test each.
  func gradLinear(
    _ dZ: Tensor<Double>,
    _ x: Tensor<Double>,
    _ w: Tensor<Double>,
    _ sizes: LayerSizes
  ) throws -> LinearGradients {
    let isFit = [dZ, x, w].map(\.shape) == [sizes.output, sizes.input, sizes.weights]
    return try step(
      ["grad-linear-x", "grad-linear-w", "grad-linear-b"],
      on: [dZ, x, w],
      isFit: isFit
    ) {
      [$0.dX, $0.dW, $0.dB]
    } right: { _ in
      [
        [
          RightAnswer(
            product(dZ, w, transposing: .right),
            terms: product(dZ.absolute, w.absolute, transposing: .right)
          )
        ],
        [
          RightAnswer(
            product(x, dZ, transposing: .left),
            terms: product(x.absolute, dZ.absolute, transposing: .left)
          )
        ],
        [RightAnswer(dZ.sum(axis: 0), terms: dZ.absolute.sum(axis: 0))],
      ]
    } _: {
      try subject(TwoHiddenLayersTask.gradLinear, dZ, x, w)
    }
  }

  /// `forward`, whose five results have one test.
  func forward(_ x: Tensor<Double>, _ p: Parameters, _ sizes: [Int]) throws -> Trace {
    let tests = [String](repeating: "forward", count: 5)
    return try step(tests, on: [x] + p.values, isFit: p.hasSizes(sizes)) {
      $0.tensors
    } right: { _ in
      let pass = Reference.forward(x, p)
      let terms = Reference.forward(x.absolute, p.absolute, masksOf: pass)
      return [
        [RightAnswer(pass.z1, terms: terms.z1)], [RightAnswer(pass.a1, terms: terms.z1)],
        [RightAnswer(pass.z2, terms: terms.z2)], [RightAnswer(pass.a2, terms: terms.z2)],
        [RightAnswer(pass.logits, terms: terms.logits)],
      ]
    } _: {
      try subject(TwoHiddenLayersTask.forward, x, p)
    }
  }

  /// `crossEntropy`.
  func crossEntropy(_ logits: Tensor<Double>, _ labels: [Int], classes: Int) throws -> Double {
    let isFit = logits.shape == [labels.count, classes]
    let loss = try step("cross-entropy", on: [logits], isFit: isFit) {
      let right = Tensor(shape: [], scalars: [Reference.crossEntropy(logits, labels)])
      return [RightAnswer(right, terms: Tensor([logits.largest + 1]))]
    } _: {
      let loss = try subject(TwoHiddenLayersTask.crossEntropy, logits, labels)
      return Tensor(shape: [], scalars: [loss])
    }
    return loss.scalars[0]
  }

  /// `backward`, whose six results have a test each.
  func backward(_ batch: Batch, _ p: Parameters, _ sizes: [Int]) throws -> Parameters {
    let tests = ["w1", "b1", "w2", "b2", "w3", "b3"].map { "backward-\($0)" }
    return try step(tests, on: [batch.x] + p.values, isFit: p.hasSizes(sizes)) {
      $0.values
    } right: { _ in
      let right = Reference.gradients(batch.x, batch.labels, p)
      let terms = Reference.gradientTerms(batch.x, batch.labels, p)
      return zip(right.values, terms.values).map { [RightAnswer($0, terms: $1)] }
    } _: {
      try subject(TwoHiddenLayersTask.backward, batch.x, batch.labels, p)
    }
  }

  /// `sgdStep`, whose six results have one test.
  func sgdStep(_ p: Parameters, _ g: Parameters, _ rate: Double) throws -> Parameters {
    let isFit = zip(p.values, g.values).allSatisfy { $0.shape == $1.shape }
    return try step(
      [String](repeating: "sgd-step", count: 6),
      on: p.values + g.values,
      isFit: isFit
    ) {
      $0.values
    } right: { _ in
      let right = p.moved(by: -rate, along: g)
      let terms = p.absolute.moved(by: rate, along: g.absolute)
      return zip(right.values, terms.values).map { [RightAnswer($0, terms: $1)] }
    } _: {
      try subject(TwoHiddenLayersTask.sgdStep, p, g, rate)
    }
  }
}

/// The sizes of one layer: `n` samples, `d` inputs, `m` outputs.
struct LayerSizes {
  let input, weights, output: [Int]
  let outputs: Int

  /// Those of each layer of a network of these sizes.
  static func layers(of batch: Batch, _ sizes: [Int]) -> [LayerSizes] {
    let n = batch.labels.count
    return zip(sizes, sizes.dropFirst()).map { d, m in
      LayerSizes(input: [n, d], weights: [d, m], output: [n, m], outputs: m)
    }
  }
}

extension Parameters {
  fileprivate var values: [Tensor<Double>] { tensors.map(\.value) }
}
