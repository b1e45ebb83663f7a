/// Compares a claimed gradient with central differences along a random cotangent.
///
/// With `c` random and `J(x) = Σ c · function(x)`, the claim must be `dJ/dx`. A plain sum instead
/// of `c` would hide much: after batch norm it is constant.
///
/// Shapes: The cotangent has the shape of `function`'s output, the claim that of `input`.
///
/// - Parameters:
///   - function: What is differentiated.
///   - input: The point `x`.
///   - name: What the gradient is called in the report.
///   - batch: The number of samples, where a slip may be a factor of it; nil if unknown.
///   - scale: What differences are divided by; nil takes the size that the terms of a derivative
///     have before they cancel.
///   - step: The absolute step; nil takes 1e-5 of the input's spread.
///   - tolerance: The largest error that passes, in units of the scale.
///   - seed: Draws the cotangent.
///   - claimed: The gradient that belongs to a cotangent, usually the function you wrote.
/// - Returns: A report; the check itself asserts nothing.
/// - Throws: What `function` or `claimed` throws.
public func checkGradient(
  of function: (Tensor<Double>) throws -> Tensor<Double>,
  at input: Tensor<Double>,
  named name: String = "dX",
  batch: Int? = nil,
  scale: Double? = nil,
  step: Double? = nil,
  tolerance: Double = 1e-6,
  seed: UInt64 = 0,
  claimed: (_ cotangent: Tensor<Double>) throws -> Tensor<Double>
) rethrows -> GradientReport {
  var generator = Generator(seed: seed)
  let cotangent: Tensor<Double> = generator.normal(shape: try function(input).shape)
  let differences = try CentralDifferences(of: function, at: input, along: cotangent, step: step)
  return GradientReport(
    name: name,
    claimed: try claimed(cotangent),
    differences: differences,
    batch: batch ?? cotangent.shape.first,
    scale: scale,
    tolerance: tolerance
  )
}

/// Compares the claimed gradient of a loss with central differences.
///
/// Shapes: The claim has the shape of `input`.
///
/// - Parameters:
///   - loss: What is differentiated.
///   - input: The point.
///   - claimed: The gradient to check.
///   - name: What the gradient is called in the report.
///   - batch: The number of samples, where a slip may be a factor of it; nil if unknown.
///   - scale: What differences are divided by; nil takes the largest entry of the gradient.
///   - step: The absolute step; nil takes 1e-5 of the input's spread.
///   - tolerance: The largest error that passes, in units of the scale.
/// - Returns: A report; the check itself asserts nothing.
/// - Throws: What `loss` throws.
public func checkGradient(
  of loss: (Tensor<Double>) throws -> Double,
  at input: Tensor<Double>,
  claimed: Tensor<Double>,
  named name: String = "dX",
  batch: Int? = nil,
  scale: Double? = nil,
  step: Double? = nil,
  tolerance: Double = 1e-6
) rethrows -> GradientReport {
  let differences = try CentralDifferences(
    of: { Tensor(shape: [], scalars: [try loss($0)]) },
    at: input,
    along: .ones(shape: []),
    step: step
  )
  return GradientReport(
    name: name,
    claimed: claimed,
    differences: differences,
    batch: batch,
    scale: scale,
    tolerance: tolerance
  )
}
