/// Compares a claimed gradient with central differences along a random cotangent.
///
/// With `c` random and `J(x) = Σ c · function(x)`, the claim must be `dJ/dx`.
///
/// - Parameters:
///   - function: What is differentiated.
///   - input: The point `x`.
///   - name: What the gradient is called in the report.
///   - scale: What differences are divided by; nil takes the sum of the absolute addends.
///   - step: The absolute step; nil takes 1e-5 of the input's spread.
///   - tolerance: The largest error that passes.
///   - seed: Draws the cotangent.
///   - claimed: The gradient for a given cotangent.
/// - Returns: A report; the check asserts nothing.
/// - Throws: What `function` or `claimed` throws.
public func checkGradient(
  of function: (Tensor<Double>) throws -> Tensor<Double>,
  at input: Tensor<Double>,
  named name: String = "dX",
  scale: Double? = nil,
  step: Double? = nil,
  tolerance: Double = 1e-6,
  seed: UInt64 = 0,
  claimed: (_ cotangent: Tensor<Double>) throws -> Tensor<Double>
) rethrows -> GradientReport {
  var generator = Generator(seed: seed)
  let cotangent: Tensor<Double> = generator.normal(shape: try function(input).shape)
  return try compare(
    { (try function($0) * cotangent).sum() }, input, try claimed(cotangent), name, scale,
    step ?? 1e-5, tolerance)
}

/// Compares the claimed gradient of a loss with central differences.
///
/// - Parameters:
///   - loss: What is differentiated.
///   - input: The point.
///   - claimed: The gradient to check.
///   - name: What the gradient is called in the report.
///   - scale: What differences are divided by; nil takes the largest finite difference.
///   - step: The absolute step; nil takes 1e-5 of the input's spread.
///   - tolerance: The largest error that passes.
/// - Returns: A report; the check asserts nothing.
/// - Throws: What `loss` throws.
public func checkGradient(
  of loss: (Tensor<Double>) throws -> Double,
  at input: Tensor<Double>,
  claimed: Tensor<Double>,
  named name: String = "dX",
  scale: Double? = nil,
  step: Double? = nil,
  tolerance: Double = 1e-6
) rethrows -> GradientReport {
  try compare(loss, input, claimed, name, scale, step ?? 1e-5, tolerance)
}

private func compare(
  _ loss: (Tensor<Double>) throws -> Double, _ input: Tensor<Double>, _ claimed: Tensor<Double>,
  _ name: String, _ scale: Double?, _ step: Double, _ tolerance: Double
) rethrows -> GradientReport {
  guard claimed.shape == input.shape else {
    return GradientReport(
      name: name, passed: false, error: .nan, worstIndex: [], claimed: .nan, numeric: .nan,
      scale: scale ?? 1, step: step, tolerance: tolerance,
      explanation: "\(name) has shape \(claimed.shape), expected \(input.shape)")
  }
  var numeric = Tensor<Double>.zeros(shape: input.shape)
  for index in 0..<input.count {
    var (up, down) = (input, input)
    up.scalars[index] += step
    down.scalars[index] -= step
    let taken = up.scalars[index] - down.scalars[index]
    numeric.scalars[index] = (try loss(up) - loss(down)) / taken
  }
  let size = scale ?? Swift.max(numeric.scalars.map { Swift.abs($0) }.max() ?? 0, 1e-4)
  var (worst, error) = (0, 0.0)
  for index in 0..<input.count {
    let difference = Swift.abs(claimed.scalars[index] - numeric.scalars[index]) / size
    if !(difference <= error) { (worst, error) = (index, difference) }
  }
  var (rest, position) = (worst, [Int]())
  for extent in input.shape.reversed() {
    position.insert(rest % Swift.max(extent, 1), at: 0)
    rest /= Swift.max(extent, 1)
  }
  let passed = error <= tolerance
  let (yours, other) = (claimed.scalars[worst], numeric.scalars[worst])
  return GradientReport(
    name: name, passed: passed, error: error, worstIndex: position, claimed: yours,
    numeric: other, scale: size, step: step, tolerance: tolerance,
    explanation: passed
      ? "\(name) agrees with finite differences to \(error)"
      : "\(name) differs at \(position): yours \(yours), numeric \(other)")
}
