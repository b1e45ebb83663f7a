import CourseKit
import TwoHiddenLayersTask

extension Steps {
  /// More steps than on digits, batches that come again, gradients of 2^50, biases of zero, rates
  /// as people choose them, and labels in order.
  static func plainDraws(using generator: inout Generator) -> [Steps] {
    let sizes = [4, 5, 6, 4]
    return [12, 27, 40].map { count in
      Steps(
        sizes: sizes,
        batches: [Int](repeating: 2 + count % 2, count: count),
        rate: 0.05,
        using: &generator
      )
    }
      + [0.01, 0.1, 0.001, 1].map { rate in
        drawn(rate: rate, using: &generator) { start, batches, _ in
          (start.b1, start.b2, start.b3) = (0 * start.b1, 0 * start.b2, 0 * start.b3)
          batches[1].labels.sort()
        }
      } + [
        drawn(rate: 0.2, using: &generator) { _, batches, _ in
          // The same batch at once again, and later.
          batches = [batches[0], batches[0], batches[1], batches[2], batches[2], batches[0]]
        },
        drawn(rate: 0.2, using: &generator) { _, batches, _ in
          (batches[0].x, batches[2].x) = (batches[0].x.withZeros, batches[2].x.withEqualRows)
          batches[1].labels = batches[1].labels.map { _ in 3 }
        },
        drawn(rate: 0.2, using: &generator) { start, batches, rate in
          for index in batches.indices { batches[index].x *= 0x1p40 }
          (start.w1, start.b1) = (0x1p-50 * start.w1, 0x1p-10 * start.b1)
          start.w2 *= 0x1p10
          rate *= 0x1p-100
        },
      ]
  }

  /// Parameters and samples that change where no summary sees it, and two batches exchanged.
  static func innerPath(using generator: inout Generator) -> [Steps] {
    let names = ["w1", "b1", "w2", "b2", "w3", "b3", "x in batch 1"]
    var path: [Steps?]
    repeat {
      let start = kaiming([4, 5, 4, 5], hasBiases: true, using: &generator)
      let batches = batches(using: &generator)
      let lists = InnerPath.labels(like: batches[1].labels)
      func steps(_ p: Parameters, _ x: Tensor<Double>, _ labels: [Int]) -> Steps? {
        var batches = batches
        batches[1] = Batch(x: x, labels: labels)
        return Steps(p, batches, 0.3)
      }
      path = [Steps(start, [batches[1], batches[0], batches[2]], 0.3), Steps(start, batches, 0.3)]
      path += lists.enumerated().map { index, labels in
        let steps = steps(start, batches[1].x, labels)
        return index == 0 ? steps : steps?.exchanging("list of labels in batch 1")
      }
      let tensors = start.tensors.map(\.value) + [batches[1].x]
      path += InnerPath.places(from: tensors).map { changed, t in
        let steps = steps(Parameters(t), t[6], lists[2])
        return changed.map { steps?.exchanging(names[$0]) } ?? steps
      }
    } while path.contains { $0 == nil }
    return path.compactMap(\.self)
  }

  private static func batches(using generator: inout Generator) -> [Batch] {
    [4, 5, 6].map {
      Batch(x: generator.samples($0, 4), labels: generator.labels($0, classes: 4))
    }
  }

  /// Draws until no unit is near the kink of its ReLU.
  private static func drawn(
    rate: Double,
    using generator: inout Generator,
    changed change: (inout Parameters, inout [Batch], inout Double) -> Void
  ) -> Steps {
    while true {
      var start = kaiming([4, 6, 7, 4], hasBiases: true, using: &generator)
      var (batches, rate) = (batches(using: &generator), rate)
      change(&start, &batches, &rate)
      if let steps = Steps(start, batches, rate) { return steps }
    }
  }
}
