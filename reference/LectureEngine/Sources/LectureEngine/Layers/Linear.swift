public import CourseKit

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
    var output = try rows.matmul(weight, transposing: .right)
    if let bias { output += bias }
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
    let gradients = try parameterGradients(dOutput, cache: cache)
    let dRows = dOutput.reshaped(cache.rows.shape[0], weight.shape[0])
    return (try dRows.matmul(weight).reshaped(to: cache.inputShape), gradients)
  }

  /// Computes `dW` and `db` alone.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func parameterGradients(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> Gradients<Scalar> {
    let outputs = weight.shape[0]
    let outputShape: [Int] = cache.inputShape.dropLast() + [outputs]
    guard dOutput.shape == outputShape else {
      throw ShapeMismatch("linear, backward", dOutput.shape, outputShape)
    }
    let dRows = dOutput.reshaped(cache.rows.shape[0], outputs)
    var gradients = ["weight": try dRows.matmul(cache.rows, transposing: .left)]
    if bias != nil { gradients["bias"] = dRows.sum(axis: 0) }
    return Gradients(gradients)
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
