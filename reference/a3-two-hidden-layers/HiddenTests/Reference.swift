import CourseKit
import TwoHiddenLayersTask

/// The network as the judge computes it.
///
/// Nothing here is the solution's.
///
/// `n` samples, `d` inputs, `h1` and `h2` hidden units, `k` classes.
enum Reference {
  /// The intermediate results of the forward pass that the backward one needs.
  struct Pass {
    let x, z1, a1, z2, a2, logits: Tensor<Double>
    /// 1 where a unit is on, 0 where it is off.
    let mask1, mask2: Tensor<Double>

    /// The distance of the nearest unit to the kink of its ReLU, where two conventions are right.
    var nearestToKink: Double { min(z1.smallest, z2.smallest) }
  }

  /// Forward; with the masks of another pass, units are on and off as there.
  static func forward(_ x: Tensor<Double>, _ p: Parameters, masksOf other: Pass? = nil) -> Pass {
    let z1 = product(x, p.w1) + p.b1
    let mask1 = other?.mask1 ?? z1.map { $0 > 0 ? 1 : 0 }
    let a1 = z1 * mask1
    let z2 = product(a1, p.w2) + p.b2
    let mask2 = other?.mask2 ?? z2.map { $0 > 0 ? 1 : 0 }
    let a2 = z2 * mask2
    let logits = product(a2, p.w3) + p.b3
    return Pass(
      x: x,
      z1: z1,
      a1: a1,
      z2: z2,
      a2: a2,
      logits: logits,
      mask1: mask1,
      mask2: mask2
    )
  }

  /// Backward from `∂J/∂logits`.
  ///
  /// Given everything without signs it computes the units of the gradients.
  static func backward(_ pass: Pass, _ p: Parameters, dLogits: Tensor<Double>) -> Parameters {
    let dZ2 = product(dLogits, p.w3, transposing: .right) * pass.mask2
    let dZ1 = product(dZ2, p.w2, transposing: .right) * pass.mask1
    return Parameters(
      w1: product(pass.x, dZ1, transposing: .left),
      b1: dZ1.sum(axis: 0),
      w2: product(pass.a1, dZ2, transposing: .left),
      b2: dZ2.sum(axis: 0),
      w3: product(pass.a2, dLogits, transposing: .left),
      b3: dLogits.sum(axis: 0)
    )
  }

  /// The probabilities of the classes, row by row.
  static func softmax(_ logits: Tensor<Double>) -> Tensor<Double> {
    let column = [logits.shape[0], 1]
    let exponentials = (logits - logits.max(axis: 1).reshaped(to: column)).exp()
    return exponentials / exponentials.sum(axis: 1).reshaped(to: column)
  }

  /// 1 at each sample's class, 0 elsewhere.
  static func oneHot(_ labels: [Int], classes: Int) -> Tensor<Double> {
    var result = Tensor<Double>.zeros(labels.count, classes)
    for (i, label) in labels.enumerated() { result[i, label] = 1 }
    return result
  }

  static func gradLogits(_ logits: Tensor<Double>, _ labels: [Int]) -> Tensor<Double> {
    (softmax(logits) - oneHot(labels, classes: logits.shape[1])) / Double(labels.count)
  }

  /// The mean over the samples of `log Σ exp(logit - logit of the class)`.
  static func crossEntropy(_ logits: Tensor<Double>, _ labels: [Int]) -> Double {
    let ofClass = Tensor(labels.enumerated().map { logits[$0, $1] }).reshaped(labels.count, 1)
    let margins = logits - ofClass
    let largest = margins.max(axis: 1)
    let sums = (margins - largest.reshaped(labels.count, 1)).exp().sum(axis: 1)
    return (largest + sums.log()).sum() / Double(labels.count)
  }

  static func gradients(_ x: Tensor<Double>, _ labels: [Int], _ p: Parameters) -> Parameters {
    let pass = forward(x, p)
    return backward(pass, p, dLogits: gradLogits(pass.logits, labels))
  }

  /// The units of the gradients: the same formulas with every addend made absolute, all the way
  /// from the input.
  ///
  /// With the values as they are a unit could be small by cancellation, and single precision would
  /// come near the tolerance.
  static func gradientTerms(_ x: Tensor<Double>, _ labels: [Int], _ p: Parameters) -> Parameters {
    let pass = forward(x, p)
    let terms = forward(x.absolute, p.absolute, masksOf: pass)
    let oneHot = oneHot(labels, classes: p.b3.count)
    let dLogits = (softmax(pass.logits) + oneHot) / Double(labels.count)
    return backward(terms, p.absolute, dLogits: dLogits)
  }

  /// Gradient descent, batch by batch.
  static func train(
    _ p: inout Parameters,
    on data: Dataset,
    epochs: Int,
    batchSize: Int,
    learningRate: Double,
    seed: UInt64
  ) {
    var generator = Generator(seed: seed)
    for _ in 0..<epochs {
      let order = generator.permutation(data.count)
      for start in stride(from: 0, to: data.count, by: batchSize) {
        let batch = data.batch(order[start..<min(start + batchSize, data.count)])
        p = p.moved(by: -learningRate, along: gradients(batch.x, batch.labels, p))
      }
    }
  }

  /// The share of samples whose largest logit is at their class.
  static func accuracy(_ p: Parameters, on data: Dataset) -> Double {
    let guesses = forward(data.x, p).logits.argmax(axis: 1)
    return Double(zip(guesses, data.labels).count { $0 == $1 }) / Double(data.count)
  }
}

extension Parameters {
  /// The ways to the six tensors, with what a student calls them.
  static var paths: [(name: String, path: WritableKeyPath<Parameters, Tensor<Double>>)] {
    [("b3", \.b3), ("w3", \.w3), ("b2", \.b2), ("w2", \.w2), ("b1", \.b1), ("w1", \.w1)]
  }

  /// The six tensors in order, with what a student calls them.
  var tensors: [(name: String, value: Tensor<Double>)] {
    [("w1", w1), ("b1", b1), ("w2", w2), ("b2", b2), ("w3", w3), ("b3", b3)]
  }

  /// Six tensors made from six.
  func map(_ transform: (Tensor<Double>) -> Tensor<Double>) -> Parameters {
    Parameters(
      w1: transform(w1),
      b1: transform(b1),
      w2: transform(w2),
      b2: transform(b2),
      w3: transform(w3),
      b3: transform(b3)
    )
  }

  var absolute: Parameters { map(\.absolute) }

  /// The shapes of the six tensors of a network of these sizes.
  static func shapes(_ sizes: [Int]) -> [[Int]] {
    zip(sizes, sizes.dropFirst()).flatMap { [[$0, $1], [$1]] }
  }

  /// Tells whether the six tensors have the shapes of a network of these sizes.
  func hasSizes(_ sizes: [Int]) -> Bool { tensors.map(\.value.shape) == Self.shapes(sizes) }

  /// The sizes of the network: inputs, hidden units of both layers, classes.
  var sizes: [Int] { [w1.shape[0], b1.count, b2.count, b3.count] }

  func moved(by step: Double, along g: Parameters) -> Parameters {
    Parameters(
      w1: w1 + step * g.w1,
      b1: b1 + step * g.b1,
      w2: w2 + step * g.w2,
      b2: b2 + step * g.b2,
      w3: w3 + step * g.w3,
      b3: b3 + step * g.b3
    )
  }
}
