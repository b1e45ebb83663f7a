import CourseKit
import TwoHiddenLayersTask

/// A small training run of `train`, with the batches that the task describes.
struct TrainingPlan {
  let data: Dataset
  let start: Parameters
  let epochs, batchSize: Int
  let rate: Double
  let seed: UInt64
  /// True if the same training with the same generator comes before it.
  let isSecond: Bool
  /// The batches that the task describes, in order.
  let batches: [Batch]
  private let course: Course

  /// The end of right steps.
  var end: Parameters { course.end }

  /// The sizes of the network.
  static let sizes = [6, 5, 4, 3]

  /// Right code in single precision strays from the reference less than this, in units of each
  /// tensor's largest entry.
  static let tolerance = 1e-4

  /// Draws until a start that is off by 1e-5, ten times what single precision errs, ends at the
  /// same place, and its course is as asked for.
  init(
    _ n: Int,
    batch: Int,
    epochs: Int,
    rate: Double,
    _ temper: Temper = .any,
    using generator: inout Generator
  ) {
    var plan: TrainingPlan
    repeat {
      plan = TrainingPlan(once: n, batch, epochs, rate, temper, using: &generator)
    } while !plan.has(temper) || !plan.isSteady
    self = plan
  }

  /// The course that a plan is to take.
  enum Temper {
    case any
    /// Whoever stops early, or keeps the best, leaves it.
    case rising
    /// No epoch is lastingly better than the one before: no sample has one label.
    case restless
    /// All losses are tiny from the start, and still there is something to learn.
    case sure
  }

  private func has(_ temper: Temper) -> Bool {
    switch temper {
    case .any: true
    case .rising: course.rises
    case .restless: course.risesThrice
    case .sure: course.isSure
    }
  }

  private init(
    once n: Int,
    _ batch: Int,
    _ epochs: Int,
    _ rate: Double,
    _ temper: Temper,
    using generator: inout Generator
  ) {
    var x = generator.samples(n, Self.sizes[0])
    var labels = generator.labels(n, classes: Self.sizes[3])
    var start = kaiming(Self.sizes, hasBiases: true, using: &generator)
    if temper == .restless { x = x.withEqualRows }
    if temper == .sure { labels = start.makeSure(of: x) }
    let seed = UInt64(generator.next32())
    self.init(Dataset(x: x, labels: labels), start, epochs, batch, rate, seed)
  }

  private init(
    _ data: Dataset,
    _ start: Parameters,
    _ epochs: Int,
    _ batch: Int,
    _ rate: Double,
    _ seed: UInt64,
    isSecond: Bool = false
  ) {
    (self.data, self.start, self.seed, self.isSecond) = (data, start, seed, isSecond)
    (self.epochs, batchSize, self.rate) = (epochs, batch, rate)
    let runs = Self.batches(of: data, batch, isSecond ? 2 * epochs : epochs, seed)
    batches = isSecond ? Array(runs[(runs.count / 2)...]) : runs
    course = Course(from: start, batches, rate, epochs: epochs, data)
  }

  /// The plans of a submission: the first with its arguments exchanged one after another and once
  /// more with its generator, one that rises, one that comes to no rest, one that is sure, small
  /// and large ones, and as many epochs as people choose.
  static func all(using generator: inout Generator) -> [TrainingPlan] {
    let first = TrainingPlan(23, batch: 5, epochs: 3, rate: 0.2, using: &generator)
    return [first] + first.path(using: &generator) + [
      first.again,
      TrainingPlan(16, batch: 8, epochs: 2, rate: 0.15, using: &generator),
      TrainingPlan(6, batch: 9, epochs: 2, rate: 0.3, using: &generator),
      TrainingPlan(7, batch: 1, epochs: 1, rate: 0.1, using: &generator),
      TrainingPlan(11, batch: 5, epochs: 2, rate: 0.25, using: &generator),
      TrainingPlan(67, batch: 33, epochs: 1, rate: 0.1, using: &generator),
      TrainingPlan(1, batch: 1, epochs: 3, rate: 0.1, using: &generator),
      TrainingPlan(2, batch: 2, epochs: 120, rate: 0.01, using: &generator),
      TrainingPlan(5, batch: 2, epochs: 50, rate: 0.4, .rising, using: &generator),
      TrainingPlan(4, batch: 1, epochs: 20, rate: 0.2, .restless, using: &generator),
      TrainingPlan(5, batch: 2, epochs: 40, rate: 0.5, .sure, using: &generator),
    ]
      + [4, 6, 7, 8, 9, 10, 12, 15, 25, 30, 100].map {
        TrainingPlan(3, batch: 2, epochs: $0, rate: 0.05, using: &generator)
      }
  }

  private var again: TrainingPlan {
    TrainingPlan(data, start, epochs, batchSize, rate, seed, isSecond: true)
  }

  /// The arguments exchanged one after another for those of another plan with as many samples.
  private func path(using generator: inout Generator) -> [TrainingPlan] {
    var path: [TrainingPlan]
    repeat {
      let other = TrainingPlan(data.count, batch: 4, epochs: 2, rate: 0.1, using: &generator)
      let mixed = Dataset(x: data.x, labels: other.data.labels)
      let (e, b, r) = (other.epochs, other.batchSize, other.rate)
      path = [
        TrainingPlan(data, start, epochs, batchSize, rate, other.seed),
        TrainingPlan(data, start, epochs, batchSize, r, other.seed),
        TrainingPlan(data, start, epochs, b, r, other.seed),
        TrainingPlan(data, start, e, b, r, other.seed),
        TrainingPlan(mixed, start, e, b, r, other.seed),
        TrainingPlan(mixed, other.start, e, b, r, other.seed),
        other,
      ]
    } while !path.allSatisfy(\.isSteady)
    return path
  }

  private static func batches(
    of data: Dataset,
    _ size: Int,
    _ epochs: Int,
    _ seed: UInt64
  ) -> [Batch] {
    var generator = Generator(seed: seed)
    return (0..<epochs).flatMap { _ in
      let order = generator.permutation(data.count)
      return stride(from: 0, to: data.count, by: size).map {
        data.batch(order[$0..<min($0 + size, data.count)])
      }
    }
  }

  private var isSteady: Bool {
    var sign = 1.0
    let nudged = start.map {
      $0.map {
        sign = -sign
        return $0 * (1 + sign * 1e-5)
      }
    }
    return Course(from: nudged, batches, rate, epochs: epochs, data).end
      .isClose(to: end, Self.tolerance / 2)
  }
}

/// The result of training by the reference.
private struct Course {
  private(set) var end: Parameters
  /// The parameters after a quarter of the epochs.
  private var early: Parameters
  /// The losses of the batches before their steps, and those of all data after each epoch.
  private var losses: [Double] = []
  private var ofEpochs: [Double] = []

  init(
    from start: Parameters,
    _ batches: [Batch],
    _ rate: Double,
    epochs: Int,
    _ data: Dataset
  ) {
    (end, early) = (start, start)
    for (index, batch) in batches.enumerated() {
      let pass = Reference.forward(batch.x, end)
      losses.append(Reference.crossEntropy(pass.logits, batch.labels))
      let dLogits = Reference.gradLogits(pass.logits, batch.labels)
      end = end.moved(by: -rate, along: Reference.backward(pass, end, dLogits: dLogits))
      if (index + 1).isMultiple(of: batches.count / epochs) {
        let logits = Reference.forward(data.x, end).logits
        ofEpochs.append(Reference.crossEntropy(logits, data.labels))
        if ofEpochs.count == epochs / 4 { early = end }
      }
    }
  }

  /// Some epoch ends worse than the one before, the last one not best, and one loss is very low.
  var rises: Bool {
    let middle = ofEpochs.dropLast(5)
    let rise = zip(middle, middle.dropFirst()).contains { $1 > 1.05 * $0 }
    let best = ofEpochs.min() ?? 0
    return rise && (ofEpochs.last ?? 0) > 1.01 * best && losses.dropLast(5).contains { $0 < 1e-3 }
  }

  /// Three epochs in a row end worse than the one before, well before the last, whether the loss is
  /// that of all data after the epoch or the mean of the batches in it.
  var risesThrice: Bool {
    let count = losses.count / ofEpochs.count
    let means = ofEpochs.indices.map { losses[$0 * count..<($0 + 1) * count].reduce(0, +) }
    return [ofEpochs, means].allSatisfy { losses in
      let rises = zip(losses, losses.dropFirst()).map { $1 > $0 }
      return rises.indices.dropLast(7).contains { rises[$0] && rises[$0 + 1] && rises[$0 + 2] }
    }
  }

  /// All losses are tiny, and what most epochs change is not.
  var isSure: Bool {
    losses.allSatisfy { $0 < 9e-5 } && !early.isClose(to: end, 20 * TrainingPlan.tolerance)
  }
}

extension Parameters {
  /// Enlarges the last layer until the classes of these samples are out of doubt.
  fileprivate mutating func makeSure(of x: Tensor<Double>) -> [Int] {
    let logits = Reference.forward(x, self).logits
    let leads = (0..<x.shape[0]).map { i in
      let sorted = logits.row(i).scalars.sorted()
      return sorted[sorted.count - 1] - sorted[sorted.count - 2]
    }
    let factor = 10.5 / (leads.min() ?? 1)
    (w3, b3) = (factor * w3, factor * b3)
    return logits.argmax(axis: 1)
  }
}

extension TrainingPlan: Shared {
  func arguments(using generator: inout Generator) -> Arguments {
    var arguments = Network(x: data.x, labels: data.labels, p: start)
      .arguments(using: &generator)
    arguments.rate = rate
    return arguments
  }

  var parts: [Arguments.Part] { [.x, .labels, .rate] + Arguments.Part.parameters }
}

extension Parameters {
  /// Tells whether all six tensors agree to some share of the other's largest entry.
  func isClose(to other: Parameters, _ tolerance: Double) -> Bool {
    zip(tensors, other.tensors).allSatisfy { left, right in
      left.value.shape == right.value.shape
        && (left.value - right.value).largest <= tolerance * right.value.largest
    }
  }

  /// Tells whether every number is one.
  var isFinite: Bool { tensors.allSatisfy { $0.value.scalars.allSatisfy(\.isFinite) } }
}
