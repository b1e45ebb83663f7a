public import CourseKit

/// Euclidean radial basis functions: how far the input is from the center of each class.
///
/// `yᵢ = Σⱼ (xⱼ - wᵢⱼ)²`: small where the input looks like class `i`. LeNet-5 ends with them.
///
/// Shapes: `x` `[n, d]`, the centers `w` `[k, d]`; the output is `[n, k]`. NaN makes its row NaN.
///
/// Source: LeCun, Bottou, Bengio & Haffner 1998, equation 7.
public struct RBF<Scalar: LectureScalar>: Layer {
  /// The centers, `[k, d]`.
  public var weight: Tensor<Scalar>
  /// True if the centers are parameters; else they are a buffer, fixed as LeNet-5's at first.
  public let isTrained: Bool

  /// The input.
  public struct Cache: Sendable {
    fileprivate let input: Tensor<Scalar>
  }

  /// A layer with the given centers.
  ///
  /// - Throws: `ShapeMismatch` unless they are a matrix, a row for each class.
  public init(centers: Tensor<Scalar>, isTrained: Bool = true) throws {
    guard centers.rank == 2 else { throw ShapeMismatch("rbf, centers", centers.shape, [0, 0]) }
    weight = centers
    self.isTrained = isTrained
  }

  /// Computes the squared distance to every center.
  ///
  /// - Throws: `ShapeMismatch` unless `input` is a matrix with as many columns as the centers.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    let (k, d) = (weight.shape[0], weight.shape[1])
    guard input.rank == 2, input.shape[1] == d else {
      throw ShapeMismatch("rbf", input.shape, weight.shape)
    }
    let n = input.shape[0]
    var output = Tensor<Scalar>.zeros(n, k)
    Scalar.loops.squaredDistances(
      rows: n,
      features: d,
      classes: k,
      input.scalars,
      centers: weight.scalars,
      into: &output.scalars
    )
    return (output, Cache(input: input))
  }

  /// Computes `dx = Σᵢ 2 dyᵢ (x - wᵢ)` and `dwᵢ = -Σ 2 dyᵢ (x - wᵢ)`.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    let (n, d, k) = (cache.input.shape[0], weight.shape[1], weight.shape[0])
    guard dOutput.shape == [n, k] else {
      throw ShapeMismatch("rbf, backward", dOutput.shape, [n, k])
    }
    var dInput = Tensor<Scalar>.zeros(n, d)
    var dWeight = Tensor<Scalar>.zeros(k, d)
    Scalar.loops.squaredDistancesBackward(
      rows: n,
      features: d,
      classes: k,
      cache.input.scalars,
      centers: weight.scalars,
      dOutput: dOutput.scalars,
      into: &dInput.scalars,
      dCenters: &dWeight.scalars
    )
    return (dInput, isTrained ? Gradients(["weight": dWeight]) : .none)
  }

  /// Lends `weight` where it is trained.
  public mutating func visitParameters(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {
    if isTrained { try visit("weight", &weight) }
  }

  /// Lends `weight` where it is fixed.
  public mutating func visitBuffers(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {
    if !isTrained { try visit("weight", &weight) }
  }
}
