public import CourseKit

/// Pooling that learns: the sum of four pixels times a coefficient, plus a bias, for each map.
///
/// `y = w · (x₀₀ + x₀₁ + x₁₀ + x₁₁) + b` over windows of 2 by 2 that stand side by side. With
/// `w = 1/4` and `b = 0` it is average pooling.
///
/// Shapes: `x` `[n, c, h, w]`, `W` `[c]`, `b` `[c]`; the output is `[n, c, h', w']` with
/// `h' = ⌊h / 2⌋` and `w' = ⌊w / 2⌋`. An empty batch has an empty output; NaN reaches the output
/// whose window it is in.
///
/// Source: LeCun, Bottou, Bengio & Haffner 1998, layers S2 and S4.
public struct Subsampling<Scalar: LectureScalar>: Layer {
  /// The coefficients, `[c]`.
  public var weight: Tensor<Scalar>
  /// The biases, `[c]`.
  public var bias: Tensor<Scalar>

  private let pool = AvgPool2d<Scalar>(kernel: 2)

  /// The averages of the windows.
  public struct Cache: Sendable {
    fileprivate let averages: Tensor<Scalar>
    fileprivate let pooling: AvgPool2d<Scalar>.Cache
  }

  /// Average pooling to begin with: all coefficients 1/4, all biases 0.
  public init(maps: Int) {
    weight = Tensor(repeating: 0.25, shape: [maps])
    bias = .zeros(maps)
  }

  /// Sums up, scales and shifts.
  ///
  /// - Throws: `ShapeMismatch` unless `input` has four axes, a channel for each coefficient, and a
  ///   window of pixels.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    guard input.rank == 4, input.shape[1] == weight.count else {
      throw ShapeMismatch("subsampling", input.shape, weight.shape)
    }
    let (averages, pooling) = try pool.forward(input, mode: mode)
    return (
      averages * perMap(weight * 4) + perMap(bias),
      Cache(averages: averages, pooling: pooling)
    )
  }

  /// Computes `dw = Σ dy · (x₀₀ + x₀₁ + x₁₀ + x₁₁)`, `db = Σ dy`, and `w dy` for each of the four.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    guard dOutput.shape == cache.averages.shape else {
      throw ShapeMismatch("subsampling, backward", dOutput.shape, cache.averages.shape)
    }
    let dAverages = dOutput * perMap(weight * 4)
    let dInput = try pool.backward(dAverages, cache: cache.pooling).dInput
    let dWeight = (dOutput * cache.averages).summedPerMap() * 4
    return (dInput, Gradients(["weight": dWeight, "bias": dOutput.summedPerMap()]))
  }

  /// Lends `weight` and `bias`.
  public mutating func visitParameters(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {
    try visit("weight", &weight)
    try visit("bias", &bias)
  }

  private func perMap(_ values: Tensor<Scalar>) -> Tensor<Scalar> {
    values.reshaped(values.count, 1, 1)
  }
}

extension Tensor {
  /// `[n, c, h, w]` summed to `[c]`.
  fileprivate func summedPerMap() -> Tensor {
    reshaped(shape[0], shape[1], shape[2] * shape[3]).sum(axis: 2).sum(axis: 0)
  }
}
