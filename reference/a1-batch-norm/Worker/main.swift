import BatchNorm
import BatchNormTask
import CourseKit

serve(
  BatchNormTask.batchMean.implement { x in try batchMean(x) },
  BatchNormTask.batchVariance.implement { x, mean in try batchVariance(x, mean: mean) },
  BatchNormTask.normalize.implement { x, mean, variance, epsilon in
    try normalize(x, mean: mean, variance: variance, epsilon: epsilon)
  },
  BatchNormTask.scaleAndShift.implement { xHat, gamma, beta in
    try scaleAndShift(xHat, gamma: gamma, beta: beta)
  },
  BatchNormTask.gradXHat.implement { dU, gamma in try gradXHat(dU: dU, gamma: gamma) },
  BatchNormTask.gradVariance.implement { dXHat, x, mean, variance, epsilon in
    try gradVariance(dXHat: dXHat, x: x, mean: mean, variance: variance, epsilon: epsilon)
  },
  BatchNormTask.gradMean.implement { dXHat, dVariance, x, mean, variance, epsilon in
    try gradMean(
      dXHat: dXHat,
      dVariance: dVariance,
      x: x,
      mean: mean,
      variance: variance,
      epsilon: epsilon
    )
  },
  BatchNormTask.gradInput.implement { dXHat, dVariance, dMean, x, mean, variance, epsilon in
    try gradInput(
      dXHat: dXHat,
      dVariance: dVariance,
      dMean: dMean,
      x: x,
      mean: mean,
      variance: variance,
      epsilon: epsilon
    )
  },
  BatchNormTask.gradGamma.implement { dU, xHat in try gradGamma(dU: dU, xHat: xHat) },
  BatchNormTask.gradBeta.implement { dU in try gradBeta(dU: dU) },
  BatchNormTask.backward.implement { dU, x, gamma, epsilon in
    let (dX, dGamma, dBeta) = try batchNormBackward(dU: dU, x: x, gamma: gamma, epsilon: epsilon)
    return BatchNormGradients(dX: dX, dGamma: dGamma, dBeta: dBeta)
  },
  BatchNormTask.backwardClosed.implement { dU, xHat, gamma, variance, epsilon in
    try batchNormBackwardClosed(
      dU: dU,
      xHat: xHat,
      gamma: gamma,
      variance: variance,
      epsilon: epsilon
    )
  },
  BatchNormTask.inference.implement { x, gamma, beta, running, epsilon in
    try batchNormInference(x, gamma: gamma, beta: beta, running: running, epsilon: epsilon)
  },
  BatchNormTask.updateRunning.implement { running, mean, variance, count, momentum in
    try updateRunning(
      running,
      mean: mean,
      variance: variance,
      count: count,
      momentum: momentum
    )
  },
  BatchNormTask.smallNetwork.implement { x, w1, gamma, beta, w2, target, epsilon in
    let (loss, dW1, dGamma, dBeta, dW2) = try smallNetworkGradients(
      x: x,
      w1: w1,
      gamma: gamma,
      beta: beta,
      w2: w2,
      target: target,
      epsilon: epsilon
    )
    return SmallNetworkGradients(loss: loss, dW1: dW1, dGamma: dGamma, dBeta: dBeta, dW2: dW2)
  }
)
