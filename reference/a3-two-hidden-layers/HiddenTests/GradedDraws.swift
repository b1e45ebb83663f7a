import CourseKit
import TwoHiddenLayersTask

// Entries far apart, by powers of two, each judged in a unit of its own: what is small beside the
// largest is no rounding, and who drops it is wrong.

extension Layer {
  /// Columns, then rows, a million times as large as others.
  static func gradedDraws(using generator: inout Generator) -> [Layer] {
    let base = Layer(6, 4, 5, using: &generator)
    let (inputs, outputs) = (grades(4), grades(5))
    let rows = grades(6).reshaped(6, 1)
    return [
      Layer(
        x: base.x * inputs,
        w: base.w * outputs / inputs.reshaped(4, 1),
        b: base.b * outputs,
        dZ: base.dZ / outputs
      ),
      Layer(x: base.x * rows, w: base.w, b: 0 * base.b, dZ: base.dZ / rows),
    ]
  }
}

extension Network {
  /// Inputs and hidden units a million times as large as others, which leave the output as it is.
  static func gradedDraws(using generator: inout Generator) -> [Network] {
    let base = Network(7, 4, 6, 5, 4, using: &generator)
    let (inputs, first, second) = (grades(4), grades(6), grades(5))
    var p = base.p
    p.w1 = p.w1 * first / inputs.reshaped(4, 1)
    p.b1 *= first
    p.w2 = p.w2 * second / first.reshaped(6, 1)
    p.b2 *= second
    p.w3 /= second.reshaped(5, 1)
    return [Network(x: base.x * inputs, labels: base.labels, p: p)]
  }
}

extension Step {
  /// Single parameters, with their gradients, a million times as large as others.
  static func gradedDraws(using generator: inout Generator) -> [Step] {
    let p = Network.parameters([4, 5, 4, 5], using: &generator)
    let g = p.map { 2 * generator.normal(shape: $0.shape) }
    let graded = [p, g].map { tensors in
      tensors.map { $0 * grades($0.count).reshaped(to: $0.shape) }
    }
    return [Step(p: graded[0], g: graded[1], rate: 0.4)]
  }
}

extension Scores {
  /// Predictions that are right to a millionth, which single precision tells from 1, no logarithm
  /// being rounded more.
  static func nearlySure(using generator: inout Generator) -> Scores {
    let doubts = (0..<2).map { _ in generator.uniform(in: -14.4 ... -14.1) }
    return Scores(logits: Tensor([[0, doubts[0]], [doubts[1], 0]]), labels: [0, 1])
  }

  /// Predictions that are sure and right, to a billionth.
  static func sureDraws(using generator: inout Generator) -> [Scores] {
    [5, 1].map { n in
      let scores = Scores(n, 4, using: &generator)
      var logits = scores.logits
      for (i, label) in scores.labels.enumerated() {
        logits[i, label] = (logits.row(i).scalars.max() ?? 0) + 20
      }
      return Scores(logits: logits, labels: scores.labels)
    }
  }
}

private func grades(_ count: Int) -> Tensor<Double> {
  Tensor((0..<count).map { [0x1p-10, 0x1p10, 1][$0 % 3] })
}
