import CourseKit
import TwoHiddenLayersTask

/// A small training run of `train`, with the batches that the task describes.
struct TrainingPlan {
  let data: Dataset
  let start: Parameters
  let epochs, batchSize: Int
  let rate: Double
  let seed: UInt64
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
  /// same place; one that is to rise is also one that whoever stops early, or keeps the best,
  /// leaves.
  init(
    _ n: Int,
    batch: Int,
    epochs: Int,
    rate: Double,
    rises: Bool = false,
    using generator: inout Generator
  ) {
    var plan: TrainingPlan
    repeat {
      plan = TrainingPlan(once: n, batch, epochs, rate, using: &generator)
    } while rises && !plan.course.rises || !plan.isSteady
    self = plan
  }

  private init(
    once n: Int,
    _ batch: Int,
    _ epochs: Int,
    _ rate: Double,
    using generator: inout Generator
  ) {
    self.init(
      Dataset(
        x: generator.samples(n, Self.sizes[0]),
        labels: generator.labels(n, classes: Self.sizes[3])
      ),
      kaiming(Self.sizes, hasBiases: true, using: &generator),
      epochs,
      batch,
      rate,
      UInt64(generator.next32())
    )
  }

  private init(
    _ data: Dataset,
    _ start: Parameters,
    _ epochs: Int,
    _ batch: Int,
    _ rate: Double,
    _ seed: UInt64
  ) {
    (self.data, self.start, self.seed) = (data, start, seed)
    (self.epochs, batchSize, self.rate) = (epochs, batch, rate)
    batches = Self.batches(of: data, batch, epochs, seed)
    course = Course(from: start, batches, rate, epochs: epochs, data)
  }

  /// The plans of a submission: the first with its arguments exchanged one after another, one that
  /// rises, and small and large ones.
  static func all(using generator: inout Generator) -> [TrainingPlan] {
    let first = TrainingPlan(23, batch: 5, epochs: 3, rate: 0.2, using: &generator)
    return [first] + first.path(using: &generator) + [
      TrainingPlan(16, batch: 8, epochs: 2, rate: 0.15, using: &generator),
      TrainingPlan(6, batch: 9, epochs: 2, rate: 0.3, using: &generator),
      TrainingPlan(7, batch: 1, epochs: 1, rate: 0.1, using: &generator),
      TrainingPlan(11, batch: 5, epochs: 2, rate: 0.25, using: &generator),
      TrainingPlan(67, batch: 33, epochs: 1, rate: 0.1, using: &generator),
      TrainingPlan(1, batch: 1, epochs: 3, rate: 0.1, using: &generator),
      TrainingPlan(2, batch: 2, epochs: 120, rate: 0.01, using: &generator),
      TrainingPlan(5, batch: 2, epochs: 50, rate: 0.4, rises: true, using: &generator),
    ]
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
    end = start
    for (index, batch) in batches.enumerated() {
      let pass = Reference.forward(batch.x, end)
      losses.append(Reference.crossEntropy(pass.logits, batch.labels))
      let dLogits = Reference.gradLogits(pass.logits, batch.labels)
      end = end.moved(by: -rate, along: Reference.backward(pass, end, dLogits: dLogits))
      if (index + 1).isMultiple(of: batches.count / epochs) {
        let logits = Reference.forward(data.x, end).logits
        ofEpochs.append(Reference.crossEntropy(logits, data.labels))
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
