import CourseKit
import LectureEngine

typealias Loss = (Tensor<Double>, [Int]) throws -> (Double, Tensor<Double>)

/// The differences between a model with the recipe's weights and PyTorch's, one line each.
///
/// Of every gradient three numbers are compared, which no wrong entry leaves alone. All is computed
/// in double precision; the tolerance, 1e-9 of the size of the terms, is for sums in other orders.
func probedErrors<L: Layer>(
  _ name: String,
  in file: String,
  _ model: L,
  images shape: [Int],
  loss: Loss = { try SoftmaxCrossEntropy()($0, labels: $1) }
) throws -> [String] where L.Scalar == Double {
  let expected = try LayerGolden<Double>(name, in: file)
  var (model, recipe) = (model, Recipe(seed: 2))
  recipe.fill(&model)
  let images = recipe.uniform(shape) * 4
  let pass = try Pass(&model, images, expected, loss)

  var errors = try pass.errors(beside: expected)
  let keys = expected.keys(after: "probe")
  for key in keys {
    let theirs = try expected["probe.\(key)"].scalars
    errors.append(probeDifference(key, pass.gradients[key], theirs))
  }
  model.visitBuffers { key, value in
    guard let theirs = try? expected["after.\(key)"].scalars else { return }
    errors.append(probeDifference(key, value, theirs))
  }
  return errors.compactMap { $0 } + pass.strays(keys)
}

/// The differences between a model and PyTorch's from the same weights in a file, one line each.
func wholeErrors<L: Layer>(_ file: String, _ model: L) throws -> [String] where L.Scalar == Double {
  let weights = try golden(file)
  var model = model
  try model.load(weights, prefix: "state.")
  let expected = try LayerGolden<Double>(whole: file)
  let pass = try Pass(&model, expected["images"], expected) {
    try SoftmaxCrossEntropy()($0, labels: $1)
  }
  var errors = try pass.errors(beside: expected)
  let keys = expected.keys(after: "gradient")
  for key in keys {
    errors.append(
      difference(key, pass.gradients[key], try expected["gradient.\(key)"], tolerance: 1e-9)
    )
  }
  model.visitBuffers { key, value in
    errors.append(difference(key, value, try? expected["after.\(key)"]))
  }
  return errors.compactMap { $0 } + pass.strays(keys)
}

/// An evaluation, then a forward and a backward pass in training.
private struct Pass {
  let evaluation: Tensor<Double>
  let logits: Tensor<Double>
  let loss: Double
  let gradients: Gradients<Double>

  init<L: Layer>(
    _ model: inout L,
    _ images: Tensor<Double>,
    _ expected: LayerGolden<Double>,
    _ loss: Loss
  ) throws where L.Scalar == Double {
    evaluation = try model(images)
    let (logits, cache) = try model.forward(images, mode: .training)
    let labels = recipeLabels(count: logits.shape[0], classes: logits.shape[1])
    let (value, dLogits) = try loss(logits, labels)
    gradients = try model.backward(dLogits, cache: cache).gradients
    model.absorb(cache)
    self.logits = logits
    self.loss = value
  }

  func errors(beside expected: LayerGolden<Double>) throws -> [String?] {
    [
      difference("evaluation", evaluation, try expected["evaluation"], tolerance: 1e-10),
      difference("logits", logits, try expected["logits"], tolerance: 1e-10),
      difference(
        "loss",
        Tensor(shape: [], scalars: [loss]),
        try expected["loss"],
        tolerance: 1e-10
      ),
    ]
  }

  func strays(_ keys: [String]) -> [String] {
    Set(gradients.values.keys).subtracting(keys).sorted()
      .map { "\($0): PyTorch has no such gradient" }
  }
}

private func probeDifference(
  _ name: String,
  _ ours: Tensor<Double>?,
  _ theirs: [Double]
) -> String? {
  guard let ours else { return "\(name): missing" }
  let found = probe(ours)
  // A sum of n terms of that size is at most this large.
  let size = (theirs[2] * Double(ours.count)).squareRoot()
  let allowed = 1e-9 * size + roundingOfZero
  let fits =
    abs(found[0] - theirs[0]) <= allowed && abs(found[1] - theirs[1]) <= allowed
    && abs(found[2].squareRoot() - theirs[2].squareRoot()) <= allowed
  return fits ? nil : "\(name): probes \(found), PyTorch's are \(theirs)"
}
