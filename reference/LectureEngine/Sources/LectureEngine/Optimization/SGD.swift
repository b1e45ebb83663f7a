internal import CourseKit

/// Gradient descent on one batch at a time, as on the slides; momentum and decay are options.
///
/// Plain: `w <- w - ε g`. With momentum `μ` or weight decay `λ`: `v <- μ v + (g + λ w)` from
/// `v = 0`, then `w <- w - ε v`; that is PyTorch's form, where the rate is not inside `v`.
public struct SGD<Scalar: LectureScalar>: Sendable {
  /// The step in units of the gradient, ε.
  public var learningRate: Double
  /// The share of the step before that is kept, μ; 0 to below 1.
  public let momentum: Double
  /// The share of a weight that is added to its gradient, λ; at least 0.
  public let weightDecay: Double
  /// The velocities that momentum has gathered, `v`, by the names of the parameters.
  private var velocities: [String: Tensor<Scalar>] = [:]

  /// An optimizer that has not made a step yet.
  public init(learningRate: Double, momentum: Double = 0, weightDecay: Double = 0) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
  }

  /// Moves every parameter that has a gradient; one that has none stays where it is.
  ///
  /// - Throws: `ShapeMismatch` when a gradient has another shape than its parameter.
  public mutating func step<L: Layer<Scalar>>(
    _ layer: inout L,
    _ gradients: Gradients<Scalar>
  ) throws {
    try layer.visitParameters { name, parameter in
      guard let gradient = gradients[name] else { return }
      guard gradient.shape == parameter.shape else {
        throw ShapeMismatch("step of \(name)", parameter.shape, gradient.shape)
      }
      if momentum == 0 && weightDecay == 0 {
        parameter.descend(along: gradient, rate: Scalar(learningRate))
      } else {
        descendWithMomentum(name, &parameter, gradient)
      }
    }
  }

  private mutating func descendWithMomentum(
    _ name: String,
    _ parameter: inout Tensor<Scalar>,
    _ gradient: Tensor<Scalar>
  ) {
    Scalar.loops.descendWithMomentum(
      rows: gradient.matrix.rows,
      columns: gradient.matrix.columns,
      rate: Scalar(learningRate),
      momentum: Scalar(momentum),
      decay: Scalar(weightDecay),
      gradient: gradient.scalars,
      velocity: &velocities[name, default: .zeros(shape: gradient.shape)].scalars,
      weight: &parameter.scalars
    )
  }
}

extension Tensor where Scalar: LectureScalar {
  /// `w <- w - rate · gradient`, in place.
  ///
  /// - Precondition: The shapes are equal.
  mutating func descend(along gradient: Tensor, rate: Scalar) {
    precondition(gradient.shape == shape, "a gradient of another shape")
    Scalar.loops.descend(
      rows: matrix.rows,
      columns: matrix.columns,
      rate: rate,
      gradient: gradient.scalars,
      weight: &scalars
    )
  }

  /// `w <- w - rate · xᵀ dZ`, in place: the gradient of `w` in `z = x w` is not stored.
  ///
  /// `x` is `[n, d]`, `dZ` is `[n, h]`, `w` is `[d, h]`. The bits are those of a gradient that is
  /// stored.
  ///
  /// - Throws: `ShapeMismatch` when the shapes do not fit together.
  mutating func descend(along x: Tensor, _ dZ: Tensor, rate: Scalar) throws {
    guard rank == 2, x.rank == 2, dZ.shape == [x.shape[0], shape[1]], x.shape[1] == shape[0] else {
      throw ShapeMismatch("gradient descent", x.shape, dZ.shape)
    }
    let isDone = Scalar.loops.descend(
      samples: x.shape[0],
      inputs: shape[0],
      outputs: shape[1],
      rate: rate,
      x.scalars,
      dOutput: dZ.scalars,
      weight: &scalars
    )
    if !isDone { descend(along: try x.matmul(dZ, transposing: .left), rate: rate) }
  }

  /// The matrix that gradient descent sees, of which threads take columns: one row, unless it is
  /// a matrix.
  fileprivate var matrix: (rows: Int, columns: Int) {
    rank == 2 ? (shape[0], shape[1]) : (1, count)
  }
}
