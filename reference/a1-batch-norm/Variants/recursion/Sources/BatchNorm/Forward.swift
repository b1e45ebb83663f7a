// Recursive sums, the corrected two passes, and Newton's iteration for the root.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import BatchNormTask
import CourseKit

/// Pairwise summation, recursively.
func pairwise(_ low: Int, _ high: Int, _ term: (Int) -> Double) -> Double {
  if high - low == 1 { return term(low) }
  if high <= low { return 0 }
  let middle = (low + high) / 2
  return pairwise(low, middle, term) + pairwise(middle, high, term)
}

/// The mean of the first i numbers from that of the first i - 1.
func mean(_ count: Int, _ value: (Int) -> Double) -> Double {
  if count == 0 { return 0 }
  let before = mean(count - 1, value)
  return before + (value(count - 1) - before) / Double(count)
}

public func batchMean(_ x: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: x)
  let n = x.shape[0]
  return Tensor((0..<x.shape[1]).map { j in mean(n) { x[$0, j] } })
}

public func batchVariance(_ x: Tensor<Double>, mean: Tensor<Double>) throws -> Tensor<Double> {
  try requireShapes(matrices: x, vectors: mean)
  let n = x.shape[0]
  return Tensor(
    (0..<x.shape[1]).map { j in
      let squares = pairwise(0, n) { (x[$0, j] - mean[j]) * (x[$0, j] - mean[j]) }
      let rest = pairwise(0, n) { x[$0, j] - mean[j] }
      return (squares - rest * rest / Double(n)) / Double(n)
    }
  )
}

public func normalize(
  _ x: Tensor<Double>,
  mean: Tensor<Double>,
  variance: Tensor<Double>,
  epsilon: Double
) throws -> Tensor<Double> {
  try requireShapes(matrices: x, vectors: mean, variance)
  // Newton's iteration for 1/sqrt, from a rough start.
  func inverseRoot(_ a: Double) -> Double {
    func step(_ y: Double, _ left: Int) -> Double {
      left == 0 ? y : step(y * (1.5 - 0.5 * a * y * y), left - 1)
    }
    return step(1 / Double(Float(a).squareRoot()), 3)
  }
  var result = x
  let inverse = (variance + epsilon).map(inverseRoot)
  for place in result.scalars.indices {
    let j = place % mean.count
    result.scalars[place] = (result.scalars[place] - mean[j]) * inverse[j]
  }
  return result
}

public func scaleAndShift(
  _ xHat: Tensor<Double>,
  gamma: Tensor<Double>,
  beta: Tensor<Double>
) throws -> Tensor<Double> {
  try requireShapes(matrices: xHat, vectors: gamma, beta)
  var u = xHat
  u *= gamma
  u += beta
  return u
}
