import CourseKit
import TwoHiddenLayersTask

// Part 5, where training starts from.

/// Parameters to start from; what each kind means stands in `Initializer` and in README.md.
///
/// All that is random comes from `generator`: the same seed gives the same parameters.
///
/// Shapes: `sizes` holds `d`, `h1`, `h2`, `k`.
public func initialize(
  _ kind: Initializer,
  sizes: [Int],
  using generator: inout Generator
) throws -> Parameters {
  try requireSizes(sizes)
  // solution
  func weights(_ inputs: Int, _ outputs: Int) -> Tensor<Double> {
    let shape = [inputs, outputs]
    switch kind {
    case .zero: return .zeros(shape: shape)
    case .gaussian(let deviation): return generator.normal(shape: shape) * deviation
    case .xavier: return generator.normal(shape: shape) * (1 / Double(inputs)).squareRoot()
    case .kaiming: return generator.normal(shape: shape) * (2 / Double(inputs)).squareRoot()
    }
  }

  func biases(_ outputs: Int) -> Tensor<Double> {
    guard case .gaussian(let deviation) = kind else { return .zeros(outputs) }
    return generator.normal(shape: [outputs]) * deviation
  }

  return Parameters(
    w1: weights(sizes[0], sizes[1]),
    b1: biases(sizes[1]),
    w2: weights(sizes[1], sizes[2]),
    b2: biases(sizes[2]),
    w3: weights(sizes[2], sizes[3]),
    b3: biases(sizes[3])
  )
}
