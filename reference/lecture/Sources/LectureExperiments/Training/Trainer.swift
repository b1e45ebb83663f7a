internal import CourseKit
internal import LectureEngine

/// Trains a network on digits by gradient descent, in the slides' order of images.
struct Trainer {
  /// The settings of a run.
  struct Settings {
    var batchSize = 64
    var rate = 0.05
    var momentum = 0.0
    var weightDecay = 0.0
    var epochs = 1
  }

  /// The meaning of a network's outputs.
  enum Goal {
    /// Logits, of which the largest is the answer; learned by cross entropy.
    case logits
    /// Distances to the digits' codes, of which the smallest is the answer; learned as LeNet-5 is.
    case distances

    fileprivate func loss(
      _ output: Tensor<Float>,
      _ labels: [Int]
    ) throws -> (loss: Float, dOutput: Tensor<Float>) {
      let (loss, dOutput) =
        switch self {
        case .logits: try SoftmaxCrossEntropy<Float>()(output, labels: labels)
        case .distances: try LeNet5<Float>.loss(output, labels: labels)
        }
      return (loss, dOutput)
    }

    fileprivate func answers(_ output: Tensor<Float>) -> [Int] {
      (self == .logits ? output : -output).argmax(axis: 1)
    }
  }

  /// The loss and accuracy of a network.
  struct Score {
    let loss: Double
    let accuracy: Double
  }

  let settings: Settings
  let training: ImageSet
  let test: ImageSet
  /// True if the network takes rows of pixels and not images.
  let takesRows: Bool
  /// The meaning of the outputs.
  var goal = Goal.logits

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
    var scores: [Score] = []
    var seen = 0
    for _ in 0..<settings.epochs {
      let batches = Batches(
        of: training.count,
        size: settings.batchSize,
        shuffledBy: &generator
      )
      for indices in batches where indices.count > 1 {
        let (output, cache) = try net.forward(input(training, indices), mode: .training)
        let (value, dOutput) = try goal.loss(output, training.labels(at: indices))
        let gradients = try net.parameterGradients(dOutput, cache: cache)
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
      let output = try net.forward(input(images, indices), mode: .evaluation).output
      let labels = images.labels(at: indices)
      total += Double(try goal.loss(output, labels).loss) * Double(labels.count)
      correct += zip(goal.answers(output), labels).count { $0 == $1 }
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
