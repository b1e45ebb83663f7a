import BatchNormTask
import CourseKit
import JudgeSupport

/// A batch with the statistics that the student's own steps give of it.
struct ComposedLayer {
  let x, mean, variance, xHat: Tensor<Double>
  let epsilon: Double

  /// True if the statistics have the shapes that the steps are asked for.
  fileprivate var isFit: Bool {
    mean.shape == [x.shape[1]] && variance.shape == mean.shape
      && variance.scalars.allSatisfy { $0 + epsilon > 0 }
  }
  fileprivate var inputs: [Tensor<Double>] { [x, mean, variance] }
  fileprivate var root: Tensor<Double> { (variance + epsilon).squareRoot() }
  fileprivate var deviation: Tensor<Double> { x - mean }
  fileprivate var count: Double { Double(x.shape[0]) }
}

// Each step of the student's, called by a composition: whether it is right for what it is given,
// by the tolerance and the unit of its own test.

extension BatchNormCase {
  /// The first three steps of the forward pass.
  func normalized(_ x: Tensor<Double>, _ epsilon: Double) throws -> ComposedLayer {
    let own = Statistics(of: x, epsilon: epsilon)
    let mean = try step("batch-mean", on: [x], isFit: true) {
      [RightAnswer(own.mean, terms: x.absolute.mean(axis: 0))]
    } _: {
      try subject(BatchNormTask.batchMean, x)
    }
    let isMean = mean.shape == own.mean.shape
    let variance = try step("batch-variance", on: [x, mean], isFit: isMean) {
      // Who does not need the mean is right too.
      let given = (x - mean).squared().mean(axis: 0)
      return [given, own.variance].map { RightAnswer($0, terms: $0) }
    } _: {
      try subject(BatchNormTask.batchVariance, x, mean)
    }
    let xHat = try normalize(x, mean, variance, epsilon)
    return ComposedLayer(x: x, mean: mean, variance: variance, xHat: xHat, epsilon: epsilon)
  }

  /// `normalize`, with any statistics.
  func normalize(
    _ x: Tensor<Double>,
    _ mean: Tensor<Double>,
    _ variance: Tensor<Double>,
    _ epsilon: Double
  ) throws -> Tensor<Double> {
    let layer = ComposedLayer(x: x, mean: mean, variance: variance, xHat: x, epsilon: epsilon)
    return try step("normalize", on: layer.inputs, isFit: layer.isFit) {
      let xHat = layer.deviation / layer.root
      return [RightAnswer(xHat, terms: xHat.absolute)]
    } _: {
      try subject(BatchNormTask.normalize, x, mean, variance, epsilon)
    }
  }

  /// `scaleAndShift`.
  func scaleAndShift(
    _ xHat: Tensor<Double>,
    _ gamma: Tensor<Double>,
    _ beta: Tensor<Double>
  ) throws -> Tensor<Double> {
    let isFit = xHat.rank == 2 && xHat.shape.last == gamma.count
    return try step("scale-and-shift", on: [xHat], isFit: isFit) {
      let scaled = gamma * xHat
      return [RightAnswer(scaled + beta, terms: scaled.absolute + beta.absolute)]
    } _: {
      try subject(BatchNormTask.scaleAndShift, xHat, gamma, beta)
    }
  }

  /// `gradXHat`.
  func gradXHat(_ dU: Tensor<Double>, _ gamma: Tensor<Double>) throws -> Tensor<Double> {
    try step("grad-x-hat", on: [dU], isFit: true) {
      [RightAnswer(dU * gamma, terms: (dU * gamma).absolute)]
    } _: {
      try subject(BatchNormTask.gradXHat, dU, gamma)
    }
  }

  /// `gradVariance`.
  func gradVariance(
    _ dXHat: Tensor<Double>,
    _ layer: ComposedLayer
  ) throws -> Tensor<Double> {
    let isFit = layer.isFit && dXHat.shape == layer.x.shape
    return try step("grad-variance", on: [dXHat] + layer.inputs, isFit: isFit) {
      let terms = dXHat * layer.deviation
      let cubed = layer.root * layer.root * layer.root
      return [
        RightAnswer(
          -0.5 * terms.sum(axis: 0) / cubed,
          terms: 0.5 * terms.absolute.sum(axis: 0) / cubed
        )
      ]
    } _: {
      try subject(
        BatchNormTask.gradVariance,
        dXHat,
        layer.x,
        layer.mean,
        layer.variance,
        layer.epsilon
      )
    }
  }

  /// `gradMean`.
  func gradMean(
    _ dXHat: Tensor<Double>,
    _ dVariance: Tensor<Double>,
    _ layer: ComposedLayer
  ) throws -> Tensor<Double> {
    let isFit =
      layer.isFit && dXHat.shape == layer.x.shape && dVariance.shape == layer.mean.shape
    return try step("grad-mean", on: [dXHat, dVariance] + layer.inputs, isFit: isFit) {
      let direct = -(dXHat.sum(axis: 0) / layer.root)
      let path = dVariance * layer.deviation.sum(axis: 0) * (-2 / layer.count)
      let terms =
        dXHat.absolute.sum(axis: 0) / layer.root
        + dVariance.absolute * layer.deviation.absolute.sum(axis: 0) * (2 / layer.count)
      // Of the batch's own mean the path through the variance vanishes, and may be left out.
      return [direct + path, direct].map { RightAnswer($0, terms: terms) }
    } _: {
      try subject(
        BatchNormTask.gradMean,
        dXHat,
        dVariance,
        layer.x,
        layer.mean,
        layer.variance,
        layer.epsilon
      )
    }
  }

  /// `gradInput`.
  func gradInput(
    _ dXHat: Tensor<Double>,
    _ dVariance: Tensor<Double>,
    _ dMean: Tensor<Double>,
    _ layer: ComposedLayer
  ) throws -> Tensor<Double> {
    let isFit =
      layer.isFit && dXHat.shape == layer.x.shape
      && [dVariance, dMean].allSatisfy { $0.shape == layer.mean.shape }
    let inputs = [dXHat, dVariance, dMean] + layer.inputs
    return try step("grad-input", on: inputs, isFit: isFit) {
      let parts = [
        dXHat / layer.root, dVariance * layer.deviation * (2 / layer.count),
        layer.deviation * 0 + dMean / layer.count,
      ]
      return [
        RightAnswer(
          parts[0] + parts[1] + parts[2],
          terms: parts[0].absolute + parts[1].absolute + parts[2].absolute
        )
      ]
    } _: {
      try subject(
        BatchNormTask.gradInput,
        dXHat,
        dVariance,
        dMean,
        layer.x,
        layer.mean,
        layer.variance,
        layer.epsilon
      )
    }
  }

  /// `gradGamma`.
  func gradGamma(_ dU: Tensor<Double>, _ xHat: Tensor<Double>) throws -> Tensor<Double> {
    try step("grad-gamma", on: [dU, xHat], isFit: dU.shape == xHat.shape) {
      let terms = dU * xHat
      return [RightAnswer(terms.sum(axis: 0), terms: terms.absolute.sum(axis: 0))]
    } _: {
      try subject(BatchNormTask.gradGamma, dU, xHat)
    }
  }

  /// `gradBeta`.
  func gradBeta(_ dU: Tensor<Double>) throws -> Tensor<Double> {
    try step("grad-beta", on: [dU], isFit: true) {
      [RightAnswer(dU.sum(axis: 0), terms: dU.absolute.sum(axis: 0))]
    } _: {
      try subject(BatchNormTask.gradBeta, dU)
    }
  }

  /// `batchNormBackward`, whose three results have one test.
  func backward(
    _ dU: Tensor<Double>,
    _ x: Tensor<Double>,
    _ gamma: Tensor<Double>,
    _ epsilon: Double
  ) throws -> [Tensor<Double>] {
    try step([String](repeating: "backward", count: 3), on: [dU, x], isFit: true) {
      $0
    } right: { _ in
      let own = Statistics(of: x, epsilon: epsilon)
      let dXHat = dU * gamma
      let centred = dXHat - dXHat.mean(axis: 0) - own.xHat * (dXHat * own.xHat).mean(axis: 0)
      let terms = dU * own.xHat
      return [
        [RightAnswer(centred / own.root, terms: dXHat.absolute / own.root)],
        [RightAnswer(terms.sum(axis: 0), terms: terms.absolute.sum(axis: 0))],
        [RightAnswer(dU.sum(axis: 0), terms: dU.absolute.sum(axis: 0))],
      ]
    } _: {
      let chain = try subject(BatchNormTask.backward, dU, x, gamma, epsilon)
      return [chain.dX, chain.dGamma, chain.dBeta]
    }
  }
}
