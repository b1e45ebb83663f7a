import CourseKit
import LectureEngine

/// A layer to hold its doc comment against, and the sizes that the comment's letters stand for.
struct ShapeCase {
  let layer: any Layer<Double>
  let sizes: [String: Int]
  let rest: [Int]

  init(_ layer: any Layer<Double>, _ sizes: [String: Int], rest: [Int] = []) {
    self.layer = layer
    self.sizes = sizes
    self.rest = rest
  }

  /// The differences between the layer's properties and their own comments, which give these axes.
  func errors(againstProperties properties: [String: [String]]) throws -> [String] {
    try propertyErrors(of: layer, against: properties, with: sizes)
  }

  /// The differences between the layer and its comment, one line each.
  func errors(against documented: DocumentedShapes) throws -> [String] {
    try (0..<(documented.axes["x"]?.count ?? 1)).flatMap { alternative in
      try errors(layer, against: documented, alternative)
    }
  }

  private func errors<L: Layer>(
    _ layer: L,
    against documented: DocumentedShapes,
    _ alternative: Int
  ) throws -> [String] where L.Scalar == Double {
    func shape(_ name: String) throws -> [Int] {
      try documented.shape(name, alternative: alternative, with: sizes, rest: rest)
    }
    var generator = Generator(seed: 5)
    let x: Tensor<Double> = generator.normal(shape: try shape("x"))
    let (output, cache) = try layer.forward(x, mode: .training)
    let (dInput, gradients) = try layer.backward(output, cache: cache)

    var actual = ["output": output.shape]
    for name in documented.axes.keys where !["x", "output"].contains(name) {
      actual[name] = parameter(named: name, of: layer)
    }
    var errors = try actual.filter { try $0.value != shape($0.key) }.map {
      "\($0.key) is \($0.value), documented \(try shape($0.key)), for an input \(x.shape)"
    }
    errors += documented.axes.keys.filter { $0 != "x" && actual[$0] == nil }.map {
      "\($0): the layer has no such parameter"
    }
    if dInput.shape != x.shape { errors.append("dInput is \(dInput.shape), the input \(x.shape)") }
    for (name, value) in layer.parameters where gradients[name]?.shape != value.shape {
      errors.append("the gradient of \(name) has another shape")
    }
    return errors
  }

  /// The shape of what a comment calls `W`, `γ`, `w` (weight), `b` or `β` (bias).
  private func parameter<L: Layer>(named name: String, of layer: L) -> [Int]? {
    guard
      let ending = ["W": "weight", "w": "weight", "γ": "weight", "b": "bias", "β": "bias"][name]
    else { return nil }
    let matches = layer.state.filter { $0.name == ending || $0.name.hasSuffix(".\(ending)") }
    return matches.count == 1 ? matches.first?.value.shape : nil
  }
}

/// The differences between tensors that a value stores and the comments on them, one line each.
func propertyErrors(
  of value: Any,
  against properties: [String: [String]],
  with sizes: [String: Int]
) throws -> [String] {
  let stored = Mirror(reflecting: value).children
  return try properties.sorted { $0.key < $1.key }.compactMap { name, axes in
    let documented = try axes.map { try SizeExpression.value(of: $0, with: sizes) }
    guard let child = stored.first(where: { $0.label == name }) else { return "no \(name)" }
    guard let tensor = child.value as? Tensor<Double> else { return "\(name) is no tensor" }
    return tensor.shape == documented ? nil : "\(name) is \(tensor.shape), not \(documented)"
  }
}
