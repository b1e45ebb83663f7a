import BatchNormTask
import CourseKit
import JudgeSupport

// What one function keeps and another uses: it shows when the first has seen other data.

/// A draw that has a layer of batch normalization.
protocol Layered {
  /// The shape `[n, d]` of what is normalized.
  var layerShape: [Int] { get }
}

extension Batch: Layered {
  var layerShape: [Int] { x.shape }
}

extension Loose: Layered {
  var layerShape: [Int] { batch.x.shape }
}

extension Network: Layered {
  var layerShape: [Int] { [x.shape[0], w1.shape[1]] }
}

extension Tensor: Layered where Scalar == Double {
  var layerShape: [Int] { shape }
}

extension BatchNormCase {
  /// Questions to all functions on other data of a draw's shape: to the forward functions, to the
  /// steps, to what is made of steps.
  func otherQuestions(like draw: Any) -> [[() throws -> Void]] {
    var generator = self.generator("memory")
    let shape = (draw as? any Layered)?.layerShape ?? [6, 3]
    let loose = Loose(for: Batch(shape[0], shape[1], using: &generator), using: &generator)
    let network = Network(shape[0], 3, shape[1], 2, using: &generator)
    return [forwardQuestions(loose), stepQuestions(loose), chainQuestions(loose, network)]
  }

  private func forwardQuestions(_ loose: Loose) -> [() throws -> Void] {
    let (batch, mean, variance) = (loose.batch, loose.mean, loose.variance)
    let running = Running(mean: mean, variance: variance)
    return [
      { [self] in _ = try subject(BatchNormTask.batchMean, batch.x) },
      { [self] in _ = try subject(BatchNormTask.batchVariance, batch.x, batch.mean) },
      { [self] in
        _ = try subject(BatchNormTask.normalize, batch.x, mean, variance, batch.epsilon)
      },
      { [self] in _ = try subject(BatchNormTask.scaleAndShift, loose.xHat, batch.gamma, batch.beta)
      },
      { [self] in
        _ = try subject(
          BatchNormTask.inference,
          batch.x,
          batch.gamma,
          batch.beta,
          running,
          batch.epsilon
        )
      },
      { [self] in
        _ = try subject(BatchNormTask.updateRunning, running, batch.mean, batch.variance, 9, 0.2)
      },
    ]
  }

  private func stepQuestions(_ loose: Loose) -> [() throws -> Void] {
    let (batch, dXHat, dVariance) = (loose.batch, loose.dXHat, loose.dVariance)
    let (x, mean, variance, epsilon) = (batch.x, loose.mean, loose.variance, batch.epsilon)
    return [
      { [self] in _ = try subject(BatchNormTask.gradXHat, batch.dU, batch.gamma) },
      { [self] in
        _ = try subject(BatchNormTask.gradVariance, dXHat, x, mean, variance, epsilon)
      },
      { [self] in
        _ = try subject(
          BatchNormTask.gradMean,
          dXHat,
          dVariance,
          x,
          batch.mean,
          variance,
          epsilon
        )
      },
      { [self] in
        _ = try subject(
          BatchNormTask.gradInput,
          dXHat,
          dVariance,
          loose.dMean,
          x,
          mean,
          variance,
          epsilon
        )
      },
      { [self] in _ = try subject(BatchNormTask.gradGamma, batch.dU, loose.xHat) },
      { [self] in _ = try subject(BatchNormTask.gradBeta, batch.dU) },
    ]
  }

  private func chainQuestions(_ loose: Loose, _ network: Network) -> [() throws -> Void] {
    let batch = loose.batch
    return [
      { [self] in
        _ = try subject(BatchNormTask.backward, batch.dU, batch.x, batch.gamma, batch.epsilon)
      },
      { [self] in
        _ = try subject(
          BatchNormTask.backwardClosed,
          batch.dU,
          batch.xHat,
          batch.gamma,
          loose.variance,
          batch.epsilon
        )
      },
      { [self] in _ = try ask(network) },
    ]
  }
}
