public import CourseKit
internal import LectureKernels

/// A fully connected layer: every output is a weighted sum of all inputs, and a bias.
///
/// `y = x Wᵀ + b`. The weight is stored as PyTorch stores it, a row for each output; the slides'
/// own network keeps the transpose.
///
/// Shapes: `x` `[..., in]`, `W` `[out, in]`, `b` `[out]`; the output is `[..., out]`.
public struct Linear<Scalar: LectureScalar>: Layer {
  /// The weights, `[out, in]`.
  public var weight: Tensor<Scalar>
  /// The biases, `[out]`; nil where another layer follows that has its own, such as batch norm.
  public var bias: Tensor<Scalar>?

  /// The input as rows, and its own shape.
  public struct Cache: Sendable {
    fileprivate let rows: Tensor<Scalar>
    fileprivate let inputShape: [Int]
  }

  /// A layer with the given parameters.
  ///
  /// - Throws: `ShapeMismatch` unless the weight is a matrix with a row for each bias.
  public init(weight: Tensor<Scalar>, bias: Tensor<Scalar>?) throws {
    guard weight.rank == 2, bias.map({ $0.shape == [weight.shape[0]] }) ?? true else {
      throw ShapeMismatch("linear, weight and bias", weight.shape, bias?.shape ?? [])
    }
    self.weight = weight
    self.bias = bias
  }

  /// Computes `x Wᵀ + b`.
  ///
  /// - Throws: `ShapeMismatch` unless the last extent of `input` is the number of inputs.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    let (outputs, inputs) = (weight.shape[0], weight.shape[1])
    guard input.shape.last == inputs else {
      throw ShapeMismatch("linear", input.shape, weight.shape)
    }
    let rows = input.reshaped(input.shape.dropLast().reduce(1, *), inputs)
    var output = Tensor<Scalar>(unwritten: [rows.shape[0], outputs])
    finish(
      Scalar.loops.linear(
        sizes(of: rows),
        rows.scalars,
        weight: weight.scalars,
        bias: bias?.scalars,
        into: &output.scalars
      )
    )
    return (
      output.reshaped(to: input.shape.dropLast() + [outputs]),
      Cache(rows: rows, inputShape: input.shape)
    )
  }

  /// Computes `dx = dy W`, `dW = dyᵀ x` and `db = Σ dy`.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    try gradients(dOutput, cache, ofInput: true)
  }

  /// Computes `dW` and `db` alone.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func parameterGradients(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> Gradients<Scalar> {
    try gradients(dOutput, cache, ofInput: false).gradients
  }

  private func gradients(
    _ dOutput: Tensor<Scalar>,
    _ cache: Cache,
    ofInput: Bool
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    let outputShape: [Int] = cache.inputShape.dropLast() + [weight.shape[0]]
    guard dOutput.shape == outputShape else {
      throw ShapeMismatch("linear, backward", dOutput.shape, outputShape)
    }
    var dInput = Tensor<Scalar>(unwritten: ofInput ? cache.inputShape : [0])
    var dWeight = Tensor<Scalar>(unwritten: weight.shape)
    var dBias = Tensor<Scalar>(unwritten: bias?.shape ?? [0])
    finish(
      Scalar.loops.linearGradients(
        sizes(of: cache.rows),
        cache.rows.scalars,
        weight: weight.scalars,
        dOutput: dOutput.scalars,
        ofInput: ofInput,
        ofBias: bias != nil,
        dInput: &dInput.scalars,
        dWeight: &dWeight.scalars,
        dBias: &dBias.scalars
      )
    )
    return (dInput, Gradients(weight: dWeight, bias: bias == nil ? nil : dBias))
  }

  private func sizes(of rows: Tensor<Scalar>) -> lk_matrices {
    lk_matrices(rows: rows.shape[0], inputs: weight.shape[1], outputs: weight.shape[0])
  }

  private func finish(_ done: Bool) {
    precondition(done, "linear: out of memory for a weight of \(weight.shape)")
  }

  /// Lends `weight` and, where there is one, `bias`.
  public mutating func visitParameters(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {
    try visit("weight", &weight)
    try visitBias(&bias, visit)
  }
}

/// Lends a bias where there is one.
///
/// It is taken out while it is lent, so that there is one copy to change and no second one to keep.
func visitBias<Scalar>(
  _ bias: inout Tensor<Scalar>?,
  _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
) rethrows {
  guard var lent = bias else { return }
  bias = nil
  defer { bias = lent }
  try visit("bias", &lent)
}
