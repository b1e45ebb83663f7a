import BatchNormTask
import CourseKit
import JudgeSupport
import XCTest

final class InferenceTests: BatchNormCase {
  /// The sample that stands alone is the first of a batch asked for before: neither the number of
  /// neighbours nor their values may matter.
  func testInference() throws {
    var generator = generator()
    let draws = Batch.draws(using: &generator).flatMap { batch in
      let running = running(of: batch, using: &generator)
      let alone = batch.x.row(0).reshaped(1, batch.x.shape[1])
      return [(x: batch.x, batch, running), (x: alone, batch, running)]
    }
    try judge(
      "batchNormInference",
      on: draws,
      ask: { [self] x, batch, running in
        [try subject(BatchNormTask.inference, x, batch.gamma, batch.beta, running, batch.epsilon)]
      },
      expect: { x, batch, running in
        let root = (running.variance + batch.epsilon).squareRoot()
        let scaled = batch.gamma * ((x - running.mean) / root)
        let name = x.shape[0] == 1 ? "u of a single sample" : "u"
        return [
          Expected(name, scaled + batch.beta, terms: scaled.absolute + batch.beta.absolute)
        ]
      },
      compositions: [
        { [self] draw in
          let (x, batch, running) = draw
          let (mean, variance) = (running.mean, running.variance)
          let xHat = try normalize(x, mean, variance, batch.epsilon)
          return [try scaleAndShift(xHat, batch.gamma, batch.beta)]
        }
      ]
    )
  }

  func testUpdateRunning() throws {
    var generator = generator()
    let momenta = [0.1, 0.3]
    let draws = Batch.draws(using: &generator).enumerated().map { index, batch in
      (
        Loose(for: batch, using: &generator), running: running(of: batch, using: &generator),
        count: index == 1 ? 2 : 2 + Int(generator.uniform(in: 1...40)),
        momentum: index < momenta.count ? momenta[index] : generator.uniform(in: 0.05...0.9)
      )
    }
    try judge("updateRunning", on: draws) { [self] loose, running, count, momentum in
      let yours = try subject(
        BatchNormTask.updateRunning,
        running,
        loose.mean,
        loose.variance,
        count,
        momentum
      )
      return [yours.mean, yours.variance]
    } expect: { loose, running, count, momentum in
      let old = (mean: (1 - momentum) * running.mean, variance: (1 - momentum) * running.variance)
      let mean = momentum * loose.mean
      let variance = momentum * loose.variance * Double(count) / Double(count - 1)
      return [
        Expected("running mean", old.mean + mean, terms: old.mean.absolute + mean.absolute),
        Expected("running variance", old.variance + variance, terms: old.variance + variance),
      ]
    }
  }

  /// Running statistics unlike the batch's own, of its order of magnitude.
  private func running(of batch: Batch, using generator: inout Generator) -> Running {
    let d = batch.x.shape[1]
    let shift = generator.signed(0.5...1.5, count: d) * batch.root
    let factor = generator.signed(1.5...3, count: d).absolute
    return Running(mean: batch.mean + shift, variance: batch.root.squared() * factor)
  }
}
