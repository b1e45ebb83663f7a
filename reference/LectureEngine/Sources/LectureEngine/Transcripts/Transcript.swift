internal import CourseKit

/// The training run of the slides, with the numbers that its script prints (S14, S16).
///
/// A `TwoLayerNet` in single precision learns MNIST by plain gradient descent. From seed 0 the
/// numbers are the slides', digit for digit.
public struct Transcript: Equatable, Sendable {
  /// The settings that the run was started with.
  public let settings: Settings
  /// The printed results, epoch by epoch.
  public private(set) var epochs: [Epoch] = []
  /// The network after the last epoch.
  public private(set) var net: TwoLayerNet<Float>

  /// The settings of a run; the defaults are the slides', but for the starting point of the
  /// parameters.
  public struct Settings: Equatable, Sendable {
    /// Seeds the generator of parameters and order.
    public var seed: UInt64 = 0
    /// The starting point of the parameters; the slides show Gaussians of scale 1, 0.1 and 0.0001.
    public var initializer: Initializer
    /// The number of images in a batch.
    public var batchSize = 64
    /// The step in units of the gradient.
    public var learningRate = 0.005
    /// The number of passes through all images.
    public var epochs = 1
    /// The number of hidden units.
    public var hidden = 500
    /// Every how many batches a loss is recorded.
    public var logInterval = 200

    /// The slides' settings at one scale: parameters from N(0, scale²).
    public init(scale: Double) { self.init(.gaussian(scale: scale)) }

    /// The slides' settings from another start.
    public init(_ initializer: Initializer) { self.initializer = initializer }
  }

  /// The loss of one batch, before its step.
  public struct Line: Equatable, Sendable {
    /// The epoch, from 0.
    public let epoch: Int
    /// The batch within the epoch, from 0.
    public let batch: Int
    /// The mean loss of the batch.
    public let loss: Float
  }

  /// The network's loss and accuracy on a set of images.
  public struct Score: Equatable, Sendable {
    /// The mean loss.
    public let loss: Double
    /// The number of images whose largest logit is at the right place.
    public let correct: Int
    /// The number of images.
    public let count: Int
  }

  /// The printed results of one epoch.
  public struct Epoch: Equatable, Sendable {
    /// The recorded losses.
    public let lines: [Line]
    /// On the images it learned from, after the epoch.
    public let training: Score
    /// On images that it never saw, after the epoch.
    public let test: Score
  }

  /// Runs the script.
  ///
  /// - Parameters:
  ///   - settings: What can be chosen.
  ///   - training: The images to learn from.
  ///   - test: The images to be tested on.
  ///   - watch: Is given the loss of every batch as soon as it is known, recorded or not.
  ///   - prepare: May change the network that was drawn, before it learns.
  /// - Throws: `EmptyBatch` without images, and what `watch` throws, which ends the run.
  /// - Precondition: The sizes of a batch and of what lies between two recorded losses are
  ///   positive; the numbers of hidden units and of epochs are not negative.
  public init(
    _ settings: Settings,
    training: ImageSet,
    test: ImageSet,
    watch: (Line) throws -> Void = { _ in },
    prepare: (inout TwoLayerNet<Float>) -> Void = { _ in }
  ) throws {
    guard training.count > 0, test.count > 0 else { throw EmptyBatch("transcript") }
    precondition(
      min(settings.batchSize, settings.logInterval) > 0
        && min(settings.hidden, settings.epochs) >= 0,
      "Transcript: \(settings)"
    )
    self.settings = settings
    var generator = Generator(seed: settings.seed)
    net = TwoLayerNet(
      inputs: training.valuesPerImage,
      hidden: settings.hidden,
      classes: 10,
      settings.initializer,
      using: &generator
    )
    prepare(&net)
    for epoch in 0..<settings.epochs {
      let batches = Batches(of: training.count, size: settings.batchSize, shuffledBy: &generator)
      let lines = try learn(training, batches, epoch, watch)
      epochs.append(
        Epoch(
          lines: lines,
          training: try Score(of: net, on: training),
          test: try Score(of: net, on: test)
        )
      )
    }
  }

  private mutating func learn(
    _ images: ImageSet,
    _ batches: Batches,
    _ epoch: Int,
    _ watch: (Line) throws -> Void
  ) throws -> [Line] {
    var lines: [Line] = []
    for (batch, indices) in batches.enumerated() {
      let loss = try net.step(
        images.rows(at: indices),
        labels: images.labels(at: indices),
        learningRate: Float(settings.learningRate)
      )
      let line = Line(epoch: epoch, batch: batch, loss: loss)
      if batch.isMultiple(of: settings.logInterval) { lines.append(line) }
      try watch(line)
    }
    return lines
  }
}

extension Transcript.Score {
  /// Goes through all images in their order; nothing is drawn.
  ///
  /// - Throws: `ShapeMismatch` when the network takes images of another size.
  public init(of net: TwoLayerNet<Float>, on images: ImageSet) throws {
    var (total, correct) = (0.0, 0)
    for indices in Batches(of: images.count, size: 500) {
      let logits = try net.forward(images.rows(at: indices)).z2
      let labels = images.labels(at: indices)
      total += Double(try SoftmaxCrossEntropy(.sum)(logits, labels: labels).loss)
      correct += zip(logits.argmax(axis: 1), labels).count { $0 == $1 }
    }
    self.init(loss: total / Double(images.count), correct: correct, count: images.count)
  }
}
