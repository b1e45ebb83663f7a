import CourseKit
import LectureEngine

/// Compares a layer's gradients with central differences, along a random cotangent.
///
/// Returns what disagrees, one line each, and asserts nothing: a test says
/// `XCTAssertEqual(try gradientErrors(of: layer, at: x), [])`. The tolerance is 1e-6 of the size of
/// the terms; central differences in Double with this step are right to about 1e-9.
func gradientErrors<L: Layer>(
  of layer: L,
  at input: Tensor<Double>,
  mode: Mode = .training,
  tolerance: Double = 1e-6
) throws -> [String] where L.Scalar == Double {
  let seed: UInt64 = 7
  let (output, cache) = try layer.forward(input, mode: mode)
  var generator = Generator(seed: seed)
  let cotangent: Tensor<Double> = generator.normal(shape: output.shape)
  let (dInput, gradients) = try layer.backward(cotangent, cache: cache)

  var reports = [
    try checkGradient(
      of: { try layer.forward($0, mode: mode).output },
      at: input,
      named: "dInput",
      tolerance: tolerance,
      seed: seed,
      claimed: { _ in dInput }
    )
  ]
  for (name, value) in layer.parameters {
    guard let claimed = gradients[name] else { return ["\(name): there is no gradient"] }
    reports.append(
      try checkGradient(
        of: { try layer.replacing(name, by: $0).forward(input, mode: mode).output },
        at: value,
        named: name,
        tolerance: tolerance,
        seed: seed,
        claimed: { _ in claimed }
      )
    )
  }
  let names = Set(layer.parameters.map(\.name))
  let strays = gradients.values.keys.filter { !names.contains($0) }
  let alone = try layer.parameterGradients(cotangent, cache: cache).values
  return reports.filter { !$0.passed }.map(\.explanation)
    + strays.map { "\($0): no such parameter" }
    + (alone == gradients.values ? [] : ["other gradients without that of the input"])
}

extension Layer {
  /// The layer with another value for one parameter.
  func replacing(_ name: String, by value: Tensor<Scalar>) -> Self {
    var copy = self
    copy.visitParameters { visited, parameter in
      if visited == name { parameter = value }
    }
    return copy
  }
}
