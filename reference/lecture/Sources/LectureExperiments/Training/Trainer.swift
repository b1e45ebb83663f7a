internal import CourseKit
internal import LectureEngine

/// Trains a network on digits by gradient descent, in the slides' order of images.
struct Trainer {
  /// How a run is set.
  struct Settings {
    var batchSize = 64
    var rate = 0.05
    var momentum = 0.0
    var weightDecay = 0.0
    var epochs = 1
  }

  /// How well a network does.
  struct Score {
    let loss: Double
    let accuracy: Double
  }

  let settings: Settings
  let training: ImageSet
  let test: ImageSet
  /// Whether the network takes rows of pixels and not images.
  let takesRows: Bool

  /// Runs all epochs; `watch` is told the batch's number and its loss, `score` what each epoch ends
  /// with.
  ///
  /// - Throws: What the network throws.
  func train<Net: Layer>(
    _ net: inout Net,
    using generator: inout Generator,
    watch: (_ share: Double, _ loss: Double) -> Void = { _, _ in }
  ) throws -> [Score] where Net.Scalar == Float {
    var optimizer = SGD<Float>(
      learningRate: settings.rate,
      momentum: settings.momentum,
      weightDecay: settings.weightDecay
    )
    let loss = SoftmaxCrossEntropy<Float>()
    var scores: [Score] = []
    var seen = 0
    for _ in 0..<settings.epochs {
      let batches = Batches(
        of: training.count,
        size: settings.batchSize,
        shuffledBy: &generator
      )
      for indices in batches where indices.count > 1 {
        let (logits, cache) = try net.forward(input(training, indices), mode: .training)
        let (value, dLogits) = try loss(logits, labels: training.labels(at: indices))
        let gradients = try net.backward(dLogits, cache: cache).gradients
        net.absorb(cache)
        try optimizer.step(&net, gradients)
        seen += indices.count
        watch(Double(seen) / Double(training.count * settings.epochs), Double(value))
      }
      scores.append(try score(of: net, on: test))
    }
    return scores
  }

  /// Mean loss and share of right answers.
  ///
  /// - Throws: What the network throws.
  func score<Net: Layer>(of net: Net, on images: ImageSet) throws -> Score
  where Net.Scalar == Float {
    var (total, correct) = (0.0, 0)
    for indices in Batches(of: images.count, size: 250) {
      let logits = try net.forward(input(images, indices), mode: .evaluation).output
      let labels = images.labels(at: indices)
      total += Double(try SoftmaxCrossEntropy<Float>(.sum)(logits, labels: labels).loss)
      correct += zip(logits.argmax(axis: 1), labels).count { $0 == $1 }
    }
    let count = Double(images.count)
    return Score(loss: total / count, accuracy: Double(correct) / count)
  }

  private func input(_ images: ImageSet, _ indices: [Int]) -> Tensor<Float> {
    takesRows ? images.rows(at: indices) : images.images(at: indices)
  }
}

/// A long curve as points to draw: each the mean of as many values as leave about that many points.
func thinned(_ values: [Double], to count: Int) -> [(x: Double, y: Double)] {
  let width = max(1, values.count / count)
  return stride(from: 0, to: values.count, by: width).map { start in
    let part = values[start..<min(start + width, values.count)]
    let middle = Double(start) + Double(part.count - 1) / 2
    return (middle, part.reduce(0, +) / Double(part.count))
  }
}
