import CourseKit
import TwoHiddenLayersTask

// Values that no random draw has, and that training, dead units and padded images do have: zeros,
// equal rows, biases of zero, one sign for all, classes in order.

extension Tensor where Scalar == Double {
  /// The same with a zero in an inner row, and a row and a column of zeros if there are enough.
  var withZeros: Tensor {
    var scalars = scalars
    let (rows, columns) = (shape[0], rank == 1 ? 1 : shape[1])
    scalars[scalars.count / 2] = 0
    if rank == 2, rows > 3, columns > 2 {
      for i in 0..<rows { scalars[i * columns + 1] = 0 }
      for j in 0..<columns { scalars[columns + j] = 0 }
    }
    return Tensor(shape: shape, scalars: scalars)
  }

  /// The same with one zero.
  var withOneZero: Tensor {
    var scalars = scalars
    scalars[scalars.count / 2] = 0
    return Tensor(shape: shape, scalars: scalars)
  }

  /// All rows like the first.
  var withEqualRows: Tensor {
    Tensor(shape: shape, scalars: (0..<shape[0]).flatMap { _ in row(0).scalars })
  }

  /// Whole numbers but zero.
  var whole: Tensor { map { ($0 < 0 ? -1 : 1) * abs($0).rounded(.up) } }
}

extension Scores {
  /// Logits that are equal, zero or of one sign; labels in order, and of one class of many.
  static func plainDraws(using generator: inout Generator) -> [Scores] {
    let base = Scores(8, 5, using: &generator)
    let (logits, labels) = (base.logits, base.labels)
    let ordered = labels.sorted()
    let equal: [Tensor<Double>] = [
      .zeros(shape: [8, 5]), 0 * logits + 1.5, logits.withEqualRows, logits.withOneZero,
      logits.withZeros, logits.absolute, -1 * logits.absolute, logits.whole,
      logits.max(axis: 1).reshaped(8, 1) + 0 * logits,
    ]
    return equal.map { Scores(logits: $0, labels: labels) }
      + [ordered, ordered.reversed(), logits.argmax(axis: 1)].map {
        Scores(logits: logits, labels: $0)
      }
      + (0..<5).map { Scores(logits: logits, labels: [Int](repeating: $0, count: 8)) }
      + (3..<10).map { label in
        let one = Scores(1 + label % 3, 10, using: &generator)
        return Scores(
          logits: one.logits,
          labels: [Int](repeating: label, count: one.labels.count)
        )
      }
      + [10, 25, 64].flatMap { n in
        let scores = Scores(n, 4, using: &generator)
        let ordered = scores.labels.sorted()
        return [ordered, ordered.reversed()].map { Scores(logits: scores.logits, labels: $0) }
      }
  }

  /// Logits and labels that change where no summary sees it.
  static func innerPath(using generator: inout Generator) -> [Scores] {
    let base = Scores(8, 5, using: &generator)
    let lists = InnerPath.labels(like: base.labels)
    let places = InnerPath.places(from: [base.logits])
    return lists.enumerated().map { index, labels in
      let scores = Scores(logits: base.logits, labels: labels)
      return index == 0 ? scores : scores.exchanging("list of labels")
    }
      + places.map { changed, tensors in
        let scores = Scores(logits: tensors[0], labels: lists[2])
        return changed == nil ? scores : scores.exchanging("tensor of logits")
      }
  }
}

extension Layer {
  /// Zeros in each argument, equal rows, one sign for all, and whole numbers.
  static func plainDraws(using generator: inout Generator) -> [Layer] {
    var draws: [Layer]
    repeat {
      let base = Layer(6, 4, 5, using: &generator)
      let (x, w, b, dZ) = (base.x, base.w, base.b, base.dZ)
      draws = [
        Layer(x: x, w: w, b: 0 * b, dZ: dZ),
        Layer(x: x.withOneZero, w: w, b: b, dZ: dZ),
        Layer(x: x.withZeros, w: w, b: b, dZ: dZ),
        Layer(x: x, w: w.withZeros, b: b, dZ: dZ),
        Layer(x: x, w: w, b: b.withOneZero, dZ: dZ),
        Layer(x: x, w: w, b: b, dZ: dZ.withOneZero),
        Layer(x: x, w: w, b: b, dZ: dZ.withZeros),
        Layer(x: x.withEqualRows, w: w, b: b, dZ: dZ),
        Layer(x: x, w: w.withEqualRows, b: b, dZ: dZ.withEqualRows),
        Layer(x: x.absolute, w: w.absolute, b: b.absolute, dZ: dZ.absolute),
        Layer(x: -1 * x.absolute, w: w.absolute, b: -1 * b.absolute, dZ: -1 * dZ.absolute),
        Layer(x: x.whole, w: w.whole, b: 0.5 * b.whole, dZ: dZ.whole),
        Layer(x: 0 * x + 1, w: w, b: b, dZ: 0 * dZ + 1),
      ]
    } while draws.contains { $0.z.smallest < 1e-3 }
    return draws
  }

  /// What a ReLU is given holds exact zeros, which it leaves.
  static func withOutputsOfZero(using generator: inout Generator) -> [Layer] {
    [[4, 5], [1, 3], [7, 2]].map { shape in
      let n = shape[0]
      let outputs = generator.normal(shape: shape).withOneZero
      let dZ: Tensor<Double> = .ones(shape: shape)
      return Layer(x: .identity(n), w: outputs, b: .zeros(shape: [shape[1]]), dZ: dZ)
    }
  }

  /// Arguments that change where no summary sees it: those of the layer, then those of a ReLU.
  ///
  /// Its `z` are the weights of a layer that is given the identity.
  static func innerPath(using generator: inout Generator) -> [Layer] {
    var path: [Layer]
    repeat {
      let base = Layer(6, 4, 5, using: &generator)
      path = InnerPath.places(from: [base.x, base.w, base.b, base.dZ]).map { changed, t in
        let layer = Layer(x: t[0], w: t[1], b: t[2], dZ: t[3])
        return changed.map { layer.exchanging(["x", "w", "b", "dZ"][$0]) } ?? layer
      }
      let unit = Layer(5, 5, 5, using: &generator)
      path += InnerPath.places(from: [unit.z, unit.dZ]).map { changed, t in
        let layer = Layer(x: .identity(5), w: t[0], b: .zeros(shape: [5]), dZ: t[1])
        return changed.map { layer.exchanging(["w", "dZ"][$0]) } ?? layer
      }
    } while path.contains { $0.z.smallest < 1e-3 }
    return path
  }
}

extension Tensor where Scalar == Double {
  fileprivate static func identity(_ n: Int) -> Tensor {
    Tensor(shape: [n, n], scalars: (0..<n * n).map { $0 % (n + 1) == 0 ? 1 : 0 })
  }
}

extension Network {
  /// Biases of zero, as where Kaiming starts, and of one sign; zeros and equal rows in the samples;
  /// labels in order, of one class, and those that the network guesses.
  static func plainDraws(using generator: inout Generator) -> [Network] {
    var draws: [Network]
    repeat {
      let base = Network(8, 5, 6, 4, 5, using: &generator)
      let (x, p, labels) = (base.x, base.p, base.labels)
      let ordered = labels.sorted()
      var starts = [p, p, p, p, p]
      starts[0].b1 = 0 * p.b1
      (starts[1].b1, starts[1].b2, starts[1].b3) = (0 * p.b1, 0 * p.b2, 0 * p.b3)
      (starts[2].b1, starts[2].b2, starts[2].b3) = (p.b1.absolute, p.b2.absolute, p.b3.absolute)
      starts[3].b1 = -1 * p.b1.absolute
      starts[4].b2 = 0 * p.b2
      draws =
        starts.map { base.replacing($0) }
        + [ordered, ordered.reversed(), base.pass.logits.argmax(axis: 1)].map {
          base.replacing(p, labels: $0)
        }
        + (0..<5).map { base.replacing(p, labels: [Int](repeating: $0, count: 8)) }
        + [x.withOneZero, x.withZeros, x.withEqualRows, x.absolute, x.whole].map {
          Network(x: $0, labels: labels, p: p)
        }
    } while !draws.allSatisfy(\.isFit)
    return draws
  }

  /// Arguments that change where no summary sees it.
  static func innerPath(using generator: inout Generator) -> [Network] {
    var path: [Network]
    let names = ["w1", "b1", "w2", "b2", "w3", "b3", "x"]
    repeat {
      let base = Network(7, [4, 5, 4, 5], using: &generator)
      let lists = InnerPath.labels(like: base.labels)
      path = lists.enumerated().map { index, labels in
        let network = base.replacing(base.p, labels: labels)
        return index == 0 ? network : network.exchanging("list of labels")
      }
      path += InnerPath.places(from: base.p.tensors.map(\.value) + [base.x]).map { changed, t in
        let network = Network(x: t[6], labels: lists[2], p: Parameters(t))
        return changed.map { network.exchanging(names[$0]) } ?? network
      }
    } while !path.allSatisfy(\.isFit)
    return path
  }
}

extension Parameters {
  /// Six tensors in order.
  init(_ tensors: [Tensor<Double>]) {
    self.init(
      w1: tensors[0],
      b1: tensors[1],
      w2: tensors[2],
      b2: tensors[3],
      w3: tensors[4],
      b3: tensors[5]
    )
  }
}

extension Step {
  /// Rates as people choose them, gradients with zeros, steps far larger and far smaller than what
  /// they move, and parameters of zero.
  static func plainDraws(using generator: inout Generator) -> [Step] {
    let p = Network.parameters([4, 5, 4, 5], using: &generator)
    let g = p.map { 1.1 * generator.normal(shape: $0.shape) }
    let zero = p.map { 0 * $0 }
    return [0.01, 0.1, 1, 0.001, 0.005, 0.02, 2, 0].map { Step(p: p, g: g, rate: $0) } + [
      Step(p: p, g: g.map(\.withOneZero), rate: 0.1),
      Step(p: p, g: g.map(\.withZeros), rate: 0.5),
      Step(p: p, g: zero, rate: 0.1),
      Step(p: zero, g: g, rate: 0.1),
      Step(p: p.map(\.withZeros), g: g, rate: 0.1),
      Step(p: p, g: g.map { 0x1p20 * $0 }, rate: 0.5),
      Step(p: p, g: g.map { 0x1p-8 * $0 }, rate: 0.5),
      Step(p: p.absolute, g: g.absolute, rate: 0.3),
      Step(p: p.absolute, g: g.absolute.map { -1 * $0 }, rate: 0.3),
      Step(p: p, g: p, rate: 0.25),
    ]
  }

  /// Parameters and gradients that change where no summary sees it.
  static func innerPath(using generator: inout Generator) -> [Step] {
    let p = Network.parameters([4, 5, 4, 5], using: &generator)
    let g = p.map { 1.1 * generator.normal(shape: $0.shape) }
    let names = p.tensors.map { "p.\($0.name)" } + p.tensors.map { "g.\($0.name)" }
    return InnerPath.places(from: (p.tensors + g.tensors).map(\.value)).map { changed, t in
      let step = Step(p: Parameters(t), g: Parameters(Array(t[6...])), rate: 0.75)
      return changed.map { step.exchanging(names[$0]) } ?? step
    }
  }
}
