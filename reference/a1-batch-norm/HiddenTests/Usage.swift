import BatchNormTask
import CourseKit
import JudgeSupport

/// A layer at inference: samples, and running statistics that are not theirs.
struct Usage {
  var x: Tensor<Double>
  var batch: Batch
  var running: Running

  /// Batches, and the first sample of each alone; one far from the running mean.
  static func questions(using generator: inout Generator) -> Questions<Usage> {
    var questions = Batch.questions(using: &generator).map { Usage($0, using: &generator) }
    questions.unusual.append(Usage(Batch(5, 6, using: &generator), width: 3000, using: &generator))
    return questions.flatMap { [$0, $0.alone] }.exchanging(
      \.x,
      \.batch.gamma,
      \.batch.beta,
      \.running.mean,
      \.running.variance,
      \.batch.epsilon,
      drawing: { Usage(Batch(6, 4, using: &generator), using: &generator) }
    )
  }

  /// A use of these parts.
  init(x: Tensor<Double>, batch: Batch, running: Running) {
    (self.x, self.batch, self.running) = (x, batch, running)
  }

  private init(_ batch: Batch, width: Double = 1, using generator: inout Generator) {
    (x, self.batch) = (batch.x, batch)
    running = Self.running(of: batch, width: width, using: &generator)
    if batch.isPlain {
      running = Running(mean: 0 * running.mean, variance: 0 * running.variance + 1)
    }
    if batch.isGraded {
      running = Running(mean: Self.farMean(of: batch), variance: 0 * running.variance + 2)
    }
  }

  /// Means near those of the batch, and near no sample: a difference of two numbers that are almost
  /// equal is no small number to `Float`, beside others of its size.
  private static func farMean(of batch: Batch) -> Tensor<Double> {
    let means = (0..<32).lazy.map { (1.5 + Double($0) / 16) * batch.mean }
    let far = means.first { mean in
      zip((batch.x - mean).scalars, batch.x.scalars).allSatisfy { abs($0) > 0.01 * abs($1) }
    }
    return far ?? 4 * batch.mean
  }

  private var alone: Usage {
    var alone = self
    alone.x = x.row(0).reshaped(1, x.shape[1])
    return alone
  }

  /// Running statistics unlike the batch's own, of its order of magnitude; the mean is `width`
  /// times as far.
  static func running(
    of batch: Batch,
    width: Double = 1,
    using generator: inout Generator
  ) -> Running {
    let d = batch.x.shape[1]
    let shift = generator.signed(0.5...1.5, count: d) * batch.root * width
    let factor = generator.signed(1.5...3, count: d).absolute
    return Running(mean: batch.mean + shift, variance: batch.root.squared() * factor)
  }

  var expected: Expected {
    let root = (running.variance + batch.epsilon).squareRoot()
    let scaled = batch.gamma * ((x - running.mean) / root)
    return Expected(
      x.shape[0] == 1 ? "u of a single sample" : "u",
      scaled + batch.beta,
      terms: scaled.absolute + batch.beta.absolute
    )
  }
}

extension Usage: Layered {
  var layerShape: [Int] { batch.x.shape }
}

extension Usage: Sized {
  var sizes: [String: Int] { ["n": x.shape[0], "d": x.shape[1]] }
  var traits: [String] { batch.traits }
  var isGraded: Bool { batch.isGraded }
}

/// One update of running statistics.
struct Update {
  var running: Running
  var loose: Loose
  var count: Int
  var momentum: Double

  /// Counts and shares of all sizes, 0 and 1 among them; running variances of 0.
  static func questions(using generator: inout Generator) -> Questions<Update> {
    let shares = [0.1, 0.3, 0.5, 0, 1, 0.01, 0.99, 0.9, 0.95, 0.2, 0.7, 0.97]
    let counts = [17, 2, 3, 51, 1000, 3_000_000_000, 8, 33, 130]
    var index = 0
    var questions = Batch.questions(using: &generator).map { batch in
      defer { index += 1 }
      return Update(
        running: Usage.running(of: batch, using: &generator),
        loose: Loose(for: batch, using: &generator),
        count: index < counts.count ? counts[index] : 2 + Int(generator.uniform(in: 1...40)),
        momentum: index < shares.count ? shares[index] : generator.uniform(in: 0.05...0.9)
      )
    }
    questions.ordinary[2].running.variance *= 0
    for index in questions.unusual.indices where questions.unusual[index].loose.batch.isPlain {
      questions.unusual[index].running.mean *= 0
    }
    return questions.exchanging(
      \.running.mean,
      \.running.variance,
      \.loose.mean,
      \.loose.variance,
      \.count,
      \.momentum,
      drawing: {
        let batch = Batch(6, 4, using: &generator)
        return Update(
          running: Usage.running(of: batch, using: &generator),
          loose: Loose(for: batch, using: &generator),
          count: 5,
          momentum: 0.7
        )
      }
    )
  }

  var expected: [Expected] {
    let old = (mean: (1 - momentum) * running.mean, variance: (1 - momentum) * running.variance)
    let mean = momentum * loose.mean
    let variance = momentum * loose.variance * Double(count) / Double(count - 1)
    return [
      Expected("running mean", old.mean + mean, terms: old.mean.absolute + mean.absolute),
      Expected("running variance", old.variance + variance, terms: old.variance + variance),
    ]
  }
}

extension Update: Layered {
  var layerShape: [Int] { loose.batch.x.shape }
}

extension Update: Sized {
  var sizes: [String: Int] { loose.sizes }
  var traits: [String] {
    loose.traits + (momentum == 0 ? ["momentum 0"] : momentum == 1 ? ["momentum 1"] : [])
  }
  var isGraded: Bool { loose.isGraded }
}
