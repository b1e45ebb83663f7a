import CourseKit
import TwoHiddenLayersTask

/// Some steps of gradient descent with their reference.
struct Steps: Exchanging {
  let start: Parameters
  let batches: [Batch]
  let rate: Double
  let expected: [Expected]
  var exchanged: String?

  /// Steps of a small network on made-up samples.
  ///
  /// The samples are multiplied by `loudness`, a power of two, `w1` is divided by it, and the rate
  /// by its square: `w1` then learns as it would, from a gradient that is as much larger. `level`
  /// is added to all logits, and `spread` times its number to those of each class. The loss of the
  /// first batch is next to nothing if it `isQuiet`.
  init(
    sizes: [Int],
    batches: [Int],
    rate: Double,
    loudness: Double = 1,
    level: Double = 0,
    spread: Double = 0,
    isQuiet: Bool = false,
    using generator: inout Generator
  ) {
    self.init(farFromKinks: 1e-4, rate: rate / (loudness * loudness)) {
      var start = kaiming(sizes, hasBiases: true, using: &generator)
      start.w1 /= loudness
      start.b3 += level + spread * Tensor((0..<sizes[3]).map { Double($0) })
      var batches = batches.map { n in
        Batch(
          x: loudness * generator.samples(n, sizes[0]),
          labels: generator.labels(n, classes: sizes[3])
        )
      }
      if isQuiet { batches[0].quiet(for: start) }
      return (start, batches)
    } isFit: { losses in
      !isQuiet || losses[0] < 1e-6 && losses.contains { $0 > 1 }
    }
  }

  /// Ten steps on 32 digits each, at a rate that makes every slip show; fewer hidden units than
  /// `train` has show it as well, and cost a fifth.
  static func onDigits(using generator: inout Generator) throws -> Steps {
    let digits = try Digits.training()
    return Steps(farFromKinks: 1e-5, rate: 0.1) {
      let order = generator.permutation(digits.count)
      let batches = (0..<10).map { step in
        let chosen = Array(order[step * 32..<(step + 1) * 32])
        return Batch(x: digits.images(at: chosen), labels: chosen.map { digits.labels[$0] })
      }
      return (kaiming([784, 32, 16, 10], hasBiases: true, using: &generator), batches)
    } isFit: { _ in
      true
    }
  }

  /// Batches of all sizes, some of them in one course, and small layers of all sizes.
  static func allSizes(using generator: inout Generator) -> [Steps] {
    [Array(1...8), Array(9...16), [33, 1, 41], [65, 2]].enumerated().map { index, batches in
      let sizes = (0..<3).map { Sizes.units(4 * index + 1, layer: $0) } + [2 + 3 * index]
      return Steps(sizes: sizes, batches: batches, rate: 0.05, using: &generator)
    }
  }

  /// The arguments exchanged one after another for those of other steps of these sizes.
  ///
  /// Who keeps an answer by some of its arguments gives it again at the first of the others.
  func path(using generator: inout Generator) -> [Steps] {
    let sizes = start.sizes
    var path: [Steps?]
    repeat {
      let other = Steps(
        sizes: sizes,
        batches: batches.map(\.labels.count),
        rate: 1.5 * rate,
        using: &generator
      )
      var (start, batches) = (start, batches)
      path = [Steps(start, batches, other.rate)?.exchanging("learning rate")]
      for (name, tensor) in Parameters.paths {
        start[keyPath: tensor] = other.start[keyPath: tensor]
        path.append(Steps(start, batches, other.rate)?.exchanging(name))
      }
      for index in batches.indices.reversed() {
        batches[index].x = other.batches[index].x
        path.append(Steps(start, batches, other.rate)?.exchanging("x in batch \(index)"))
        batches[index].labels = other.batches[index].labels
        path.append(
          Steps(start, batches, other.rate)?.exchanging("list of labels in batch \(index)")
        )
      }
    } while path.contains { $0 == nil }
    return path.compactMap(\.self)
  }

  /// Steps that are given; nil if a unit comes near the kink of its ReLU.
  init?(_ start: Parameters, _ batches: [Batch], _ rate: Double) {
    let course = Course(from: start, batches, rate)
    guard course.nearestToKink >= 1e-4 else { return nil }
    (self.start, self.batches, self.rate) = (start, batches, rate)
    expected = course.expected
  }

  /// Steps that are given, and judged by what they have in common: no answer is expected.
  init(start: Parameters, batches: [Batch], rate: Double) {
    (self.start, self.batches, self.rate) = (start, batches, rate)
    expected = []
  }

  /// Draws until no unit comes so near the kink of its ReLU that single precision could take it for
  /// on instead of off.
  private init(
    farFromKinks distance: Double,
    rate: Double,
    draw: () -> (Parameters, [Batch]),
    isFit: (_ losses: [Double]) -> Bool
  ) {
    var course: Course
    var batches: [Batch]
    var start: Parameters
    repeat {
      (start, batches) = draw()
      course = Course(from: start, batches, rate)
    } while course.nearestToKink < distance || !isFit(course.losses)
    self.start = start
    self.batches = batches
    self.rate = rate
    expected = course.expected
  }
}

extension Steps: Shared {
  func arguments(using generator: inout Generator) -> Arguments {
    var arguments = Network(x: batches[0].x, labels: batches[0].labels, p: start)
      .arguments(using: &generator)
    arguments.rate = rate
    return arguments
  }

  var parts: [Arguments.Part] { [.x, .labels, .rate] + Arguments.Part.parameters }
}

extension Batch {
  /// Puts the samples so far out that the network is sure of them, and right; further out single
  /// precision would lose the loss.
  fileprivate mutating func quiet(for p: Parameters) {
    x *= 24 / Reference.forward(x, p).logits.largest
    labels = Reference.forward(x, p).logits.argmax(axis: 1)
  }
}

/// The result of training by the reference.
private struct Course {
  private var p: Parameters
  /// The terms of each parameter, made absolute: its start, and all that was subtracted.
  private var terms: Parameters
  private(set) var losses: [Double] = []
  private(set) var nearestToKink = Double.infinity

  init(from start: Parameters, _ batches: [Batch], _ rate: Double) {
    p = start
    terms = start.absolute
    for batch in batches {
      let pass = Reference.forward(batch.x, p)
      nearestToKink = min(nearestToKink, pass.nearestToKink)
      losses.append(Reference.crossEntropy(pass.logits, batch.labels))
      terms = terms.moved(by: rate, along: Reference.gradientTerms(batch.x, batch.labels, p))
      p = p.moved(by: -rate, along: Reference.gradients(batch.x, batch.labels, p))
    }
  }

  var expected: [Expected] {
    let losses = Tensor(losses)
    return [Expected("the list of losses", losses, terms: losses)]
      + zip(p.tensors, terms.tensors).map {
        Expected("\($0.name) after the steps", $0.value, terms: $1.value)
      }
  }
}

/// Parameters to start from, as the task describes them; if it `hasBiases`, biases are not zero.
func kaiming(
  _ sizes: [Int],
  hasBiases: Bool = false,
  using generator: inout Generator
) -> Parameters {
  func weights(_ layer: Int) -> Tensor<Double> {
    let deviation = (2 / Double(sizes[layer])).squareRoot()
    return deviation * generator.normal(shape: [sizes[layer], sizes[layer + 1]])
  }
  func biases(_ layer: Int) -> Tensor<Double> {
    let shape = [sizes[layer]]
    return hasBiases ? generator.signed(0.1...0.5, shape: shape) : .zeros(shape: shape)
  }
  return Parameters(
    w1: weights(0),
    b1: biases(1),
    w2: weights(1),
    b2: biases(2),
    w3: weights(2),
    b3: biases(3)
  )
}
