import CourseKit
import TwoHiddenLayersTask

/// Training from weights that are one number a layer, in which hidden units that start equal have
/// to stay equal.
struct ConstantStart {
  /// From equal class weights, from different ones, from these on other samples, and from all zero.
  let draws: [Steps]

  /// Less than any weight moves in five right steps.
  private static let leastMove = 1e-4
  /// No unit comes nearer to the kink of its ReLU.
  private static let kink = 0.05

  /// Draws until every unit stays on, all weights move, and no loss rises: a slip that depends on
  /// any of that shows under all seeds or none.
  init(using generator: inout Generator) {
    var start: ConstantStart
    repeat {
      start = ConstantStart(once: &generator)
    } while !start.isFit
    self = start
  }

  private init(once generator: inout Generator) {
    // As many samples as units of the first layer: who takes one axis for the other shows.
    let n = 4 + Int(generator.next32() % 2)
    let sizes = [3 + Int(generator.next32() % 4), n, 3 + Int(generator.next32() % 4)]
    let k = 2 + Int(generator.next32() % 4)
    let rate = generator.uniform(in: 0.15...0.3)
    let weights = [1, 0.5].map { $0 * generator.eighths(in: 1...4) }
    let biases = (0..<2).map { _ in generator.eighths(in: 1...4) }
    let classWeights = [0.25 + 0 * generator.classWeights(k), generator.classWeights(k)]
    let constant = classWeights.map { row in
      Parameters(
        w1: Tensor(repeating: weights[0], shape: [sizes[0], sizes[1]]),
        b1: Tensor(repeating: biases[0], shape: [sizes[1]]),
        w2: Tensor(repeating: weights[1], shape: [sizes[1], sizes[2]]),
        b2: Tensor(repeating: biases[1], shape: [sizes[2]]),
        w3: Tensor.zeros(sizes[2], k) + row,
        b3: .zeros(k)
      )
    }
    let batches = (0..<2).map { _ in
      let batch = Batch(
        x: generator.counts([n, sizes[0]]),
        labels: generator.labels(n, classes: k)
      )
      return [Batch](repeating: batch, count: 5)
    }
    let zero = constant[0].map { 0 * $0 }
    draws = [
      Steps(start: constant[0], batches: batches[0], rate: rate),
      Steps(start: constant[1], batches: batches[0], rate: rate),
      Steps(start: constant[1], batches: batches[1], rate: rate),
      Steps(start: zero, batches: batches[0], rate: rate),
    ]
  }

  private var isFit: Bool {
    // Who exchanges the axes of square weights, which are one number at first, is found elsewhere.
    let sizes = draws[0].start.sizes
    guard zip(sizes, sizes.dropFirst()).allSatisfy({ $0 != $1 }) else { return false }
    let ends = draws.map(\.end)
    return ends.allSatisfy(\.isFalling)
      && ends.dropLast().allSatisfy { $0.nearestToKink > Self.kink }
      && zip(ends, draws).dropLast().allSatisfy { end, draw in
        end.p.weights(movedFrom: draw.start).allSatisfy { $0 > Self.leastMove }
      }
      && ends[2].p.weights(movedFrom: ends[1].p).allSatisfy { $0 > Self.leastMove }
      && ends[3].p.b3.largest > 0.01
  }
}

extension Steps {
  /// The end of right steps, the least distance of a unit from the kink of its ReLU before them,
  /// and whether each loss is less than the one before.
  fileprivate var end: (p: Parameters, nearestToKink: Double, isFalling: Bool) {
    var (p, nearest, losses) = (start, Double.infinity, [Double]())
    for batch in batches {
      let pass = Reference.forward(batch.x, p)
      nearest = min(nearest, pass.nearestToKink)
      losses.append(Reference.crossEntropy(pass.logits, batch.labels))
      p = p.moved(by: -rate, along: Reference.gradients(batch.x, batch.labels, p))
    }
    return (p, nearest, zip(losses, losses.dropFirst()).allSatisfy { $1 < $0 })
  }
}

extension Parameters {
  /// The largest move of an entry of `w1`, of `w2` and of `w3`.
  func weights(movedFrom start: Parameters) -> [Double] {
    [w1 - start.w1, w2 - start.w2, w3 - start.w3].map(\.largest)
  }
}

extension Generator {
  /// Small whole numbers from 0, which most sums of samples hold exactly.
  fileprivate mutating func counts(_ shape: [Int]) -> Tensor<Double> {
    Tensor(
      shape: shape,
      scalars: (0..<shape[0] * shape[1]).map { _ in Double(next32() % 4) }
    )
  }

  /// A multiple of an eighth.
  fileprivate mutating func eighths(in range: ClosedRange<UInt32>) -> Double {
    Double(range.lowerBound + next32() % UInt32(range.count)) / 8
  }

  /// The weights of the classes, not all equal.
  fileprivate mutating func classWeights(_ k: Int) -> Tensor<Double> {
    Tensor((0..<k).map { Double($0 % 2) / 4 + eighths(in: 1...2) })
  }
}
