import CourseKit
import TwoHiddenLayersTask

/// One draw of the whole network with its reference.
///
/// `n` samples, `d` inputs, `h1` and `h2` hidden units, `k` classes.
struct Network: Exchanging {
  let x: Tensor<Double>
  let labels: [Int]
  let p: Parameters
  let pass: Reference.Pass
  var exchanged: String?

  /// Draws until no unit is near the kink of its ReLU, and units are on and off in good mixture.
  ///
  /// `scales` multiply `x` and the hidden layers, and leave the logits as they are; `level` is
  /// added to all of these, which the loss must not see.
  init(
    _ n: Int,
    _ d: Int,
    _ h1: Int,
    _ h2: Int,
    _ k: Int,
    scales: Scales = Scales(),
    level: Double = 0,
    using generator: inout Generator
  ) {
    let sizes = [d, h1, h2, k]
    var candidate: Network
    repeat {
      candidate = Network(n, sizes, using: &generator)
    } while !candidate.isLoud
    self = candidate.scaled(by: scales).lifted(by: level)
  }

  init(_ n: Int, _ sizes: [Int], using generator: inout Generator) {
    self.init(
      x: generator.samples(n, sizes[0]),
      labels: generator.labels(n, classes: sizes[3]),
      p: Self.parameters(sizes, using: &generator)
    )
  }

  /// Parameters that make a network loud.
  static func parameters(
    _ sizes: [Int],
    using generator: inout Generator
  ) -> Parameters {
    func weights(_ layer: Int) -> Tensor<Double> {
      let gain = 1.5 / Double(sizes[layer]).squareRoot()
      return gain * generator.normal(shape: [sizes[layer], sizes[layer + 1]])
    }
    return Parameters(
      w1: weights(0),
      b1: generator.signed(0.3...1, shape: [sizes[1]]),
      w2: weights(1),
      b2: generator.signed(0.3...1, shape: [sizes[2]]),
      w3: weights(2),
      b3: generator.signed(0.3...1, shape: [sizes[3]])
    )
  }

  /// A network that is given.
  init(x: Tensor<Double>, labels: [Int], p: Parameters) {
    self.x = x
    self.labels = labels
    self.p = p
    pass = Reference.forward(x, p)
  }

  /// Random draws, then those that no random one is.
  static func draws(using generator: inout Generator) -> [Network] {
    randomDraws(using: &generator) + innerPath(using: &generator) + plainDraws(using: &generator)
  }

  /// Sizes all different, after a path through the arguments of the first; one with square weights,
  /// one with a square batch; one with high logits and one with low; a single sample; one class;
  /// and all sizes.
  static func randomDraws(using generator: inout Generator) -> [Network] {
    let first = Network(7, 3, 5, 4, 6, using: &generator)
    return [first] + first.path(using: &generator) + [
      Network(8, 5, 5, 5, 5, using: &generator),
      Network(5, 5, 3, 6, 4, using: &generator),
      Network(6, 4, 3, 7, 5, level: 20, using: &generator),
      Network(4, 6, 7, 3, 5, level: -20, using: &generator),
      Network(1, 4, 5, 6, 3, using: &generator),
      Network(4, 3, 5, 4, 3, using: &generator).ofOneClass(2),
    ] + allSizes(using: &generator)
  }

  /// Networks of all sizes, which need not be loud: a single unit is on or off.
  private static func allSizes(using generator: inout Generator) -> [Network] {
    Sizes.batches.enumerated().map { index, n in
      let sizes =
        (0..<3).map { Sizes.units(index, layer: $0) } + [Sizes.classes(index)]
      var candidate: Network
      repeat {
        candidate = Network(n, sizes, using: &generator)
      } while !candidate.isFit
      return n == 1 ? candidate.ofOneClass(1) : candidate
    }
  }

  /// Each tensor but the biases of the output is far from 1 in two of three, and so is each
  /// gradient: no threshold, clip or constant is small or large beside all of them.
  static func wideDraws(
    _ magnitudes: Magnitudes = .single,
    using generator: inout Generator
  ) -> [Network] {
    let (few, many) = (magnitudes.few, magnitudes.many)
    return [
      Network(6, 7, 4, 5, 3, scales: .init(x: few, first: many, second: few), using: &generator),
      Network(9, 4, 6, 3, 5, scales: .init(x: many, first: few, second: many), using: &generator),
      Network(5, 3, 4, 6, 4, scales: .init(first: many, second: many), using: &generator),
    ]
  }

  /// No unit is near its kink, and every parameter has a gradient.
  var isFit: Bool {
    pass.nearestToKink >= 1e-3 && gradientTerms.tensors.allSatisfy { $0.value.largest > 0 }
  }

  private var isLoud: Bool {
    pass.nearestToKink >= 1e-3
      && [pass.mask1, pass.mask2].allSatisfy { mask in
        let share = mask.sum() / Double(mask.count)
        // Of a single sample no unit can be both on and off.
        let areAllOnOnce = labels.count == 1 || mask.max(axis: 0).smallest == 1
        return (0.25...0.75).contains(share) && areAllOnOnce
      }
  }

  /// The arguments exchanged one after another for those of another network of these sizes; the
  /// last but one has these samples with other parameters.
  ///
  /// Who keeps an answer by some of its arguments gives it again at the first of the others.
  private func path(using generator: inout Generator) -> [Network] {
    var path: [Network]
    repeat {
      let other = Network(
        labels.count,
        p.sizes,
        using: &generator
      )
      var p = p
      path = [replacing(p, labels: other.labels).exchanging("list of labels")]
      for (name, tensor) in Parameters.paths {
        p[keyPath: tensor] = other.p[keyPath: tensor]
        path.append(replacing(p, labels: other.labels).exchanging(name))
      }
      path.append(other.exchanging("x"))
    } while !path.allSatisfy(\.isFit)
    return path
  }

  private func ofOneClass(_ label: Int) -> Network {
    replacing(p, labels: [Int](repeating: label, count: labels.count))
  }

  /// Factors of `x` and of the hidden layers, powers of two.
  struct Scales {
    var x = 1.0
    var first = 1.0
    var second = 1.0
  }

  /// The same output by other samples and hidden layers: exact, the scales being powers of two.
  private func scaled(by scales: Scales) -> Network {
    let scaled = Parameters(
      w1: p.w1 * (scales.first / scales.x),
      b1: p.b1 * scales.first,
      w2: p.w2 * (scales.second / scales.first),
      b2: p.b2 * scales.second,
      w3: p.w3 / scales.second,
      b3: p.b3
    )
    return Network(x: x * scales.x, labels: labels, p: scaled)
  }

  private func lifted(by level: Double) -> Network {
    var p = p
    p.b3 += level
    return replacing(p)
  }

  /// The same samples with other parameters, and perhaps other labels.
  func replacing(_ p: Parameters, labels: [Int]? = nil) -> Network {
    Network(x: x, labels: labels ?? self.labels, p: p)
  }

  /// The five tensors of the forward pass.
  var expectedTrace: [Expected] {
    let terms = Reference.forward(x.absolute, p.absolute, masksOf: pass)
    // A unit that is off is off by the same terms.
    return [
      Expected("z1", pass.z1, terms: terms.z1),
      Expected("a1", pass.a1, terms: terms.z1),
      Expected("z2", pass.z2, terms: terms.z2),
      Expected("a2", pass.a2, terms: terms.z2),
      Expected("logits", pass.logits, terms: terms.logits),
    ]
  }

  var batch: Batch { Batch(x: x, labels: labels) }

  /// The six gradients.
  var gradients: Parameters { Reference.gradients(x, labels, p) }

  /// The six gradients with every addend made absolute.
  var gradientTerms: Parameters { Reference.gradientTerms(x, labels, p) }
}

extension Network: Sized {
  var sizes: [String: Int] {
    [
      "n": labels.count, "d": x.shape[1], "h1": p.b1.count, "h2": p.b2.count, "k": p.b3.count,
    ]
  }
}
