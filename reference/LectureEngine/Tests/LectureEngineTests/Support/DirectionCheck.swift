import CourseKit
import LectureEngine

/// Compares the gradients of a large model with central differences along random directions.
///
/// For the input and for each parameter there is one direction `d`, and
/// `(J(x + h d) − J(x − h d)) / 2h` must be `⟨dJ/dx, d⟩`, with `J` along a random cotangent. Every
/// entry of a gradient counts, for two forward passes a parameter. Returns what disagrees, one line
/// each.
///
/// The tolerance is in units of the gradient's length: of the thousands of units, some change
/// sides (ReLU, max pooling) within a step of 1e-8.
func directionErrors<L: Layer>(
  of model: L,
  at input: Tensor<Double>,
  mode: Mode = .training,
  tolerance: Double = 1e-5
) throws -> [String] where L.Scalar == Double {
  var generator = Generator(seed: 11)
  let (output, cache) = try model.forward(input, mode: mode)
  let cotangent: Tensor<Double> = generator.normal(shape: output.shape)
  let (dInput, gradients) = try model.backward(cotangent, cache: cache)

  func check(
    _ name: String,
    _ gradient: Tensor<Double>?,
    _ value: Tensor<Double>,
    _ output: (Tensor<Double>) throws -> Tensor<Double>
  ) throws -> String? {
    guard let gradient else { return "\(name): there is no gradient" }
    let direction: Tensor<Double> = generator.normal(shape: value.shape)
    let h = 1e-8
    let above = try (output(value + direction * h) * cotangent).sum()
    let below = try (output(value - direction * h) * cotangent).sum()
    let (difference, claimed) = ((above - below) / (2 * h), (gradient * direction).sum())
    let scale = gradient.squared().sum().squareRoot()
    // What rounding in J leaves of a gradient that is 0, seen through the step.
    let noise = 1e-14 * cotangent.squared().sum().squareRoot() / h
    guard abs(difference - claimed) <= tolerance * scale + noise else {
      return "\(name): \(claimed) along a direction, differences say \(difference)"
    }
    return nil
  }

  var errors = [
    try check("dInput", dInput, input) { try model.forward($0, mode: mode).output }
  ]
  for (name, value) in model.parameters {
    errors.append(
      try check(name, gradients[name], value) {
        try model.replacing(name, by: $0).forward(input, mode: mode).output
      }
    )
  }
  let alone = try model.parameterGradients(cotangent, cache: cache).values
  if alone != gradients.values { errors.append("other gradients without that of the input") }
  return errors.compactMap { $0 }
}
