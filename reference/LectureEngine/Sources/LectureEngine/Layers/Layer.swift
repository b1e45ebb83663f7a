public import CourseKit

/// One differentiable step of a network, with its parameters.
///
/// A layer is a value: `forward` and `backward` change nothing, so a layer can be called in any
/// order and as often as a gradient check needs. What training changes, it changes through
/// `visitParameters` (the optimizer) and `absorb` (running statistics).
public protocol Layer<Scalar>: Sendable {
  /// `Float` for training, `Double` for checking gradients; the code is the same.
  associatedtype Scalar: LectureScalar
  /// The memory of a forward pass that `backward` needs; only `forward` can make one.
  associatedtype Cache: Sendable

  /// Computes the layer's output.
  ///
  /// - Throws: `ShapeMismatch` or `BatchTooSmall` for an input that the layer cannot take.
  func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache)

  /// Computes the output alone, as a trained network answers, and keeps nothing for `backward`.
  ///
  /// A layer that consists of others lets go of what each of them made as soon as the next has read
  /// it.
  ///
  /// - Throws: `ShapeMismatch` for an input that the layer cannot take.
  func callAsFunction(_ input: Tensor<Scalar>) throws -> Tensor<Scalar>

  /// Computes the gradients of a loss from that of the output.
  ///
  /// Shapes: `dOutput` has the shape of the output, `dInput` that of the input.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>)

  /// Computes the gradients of the parameters alone, for a layer whose input is data.
  ///
  /// A training step needs no more of its network, and saves the gradient of the first input.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  func parameterGradients(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> Gradients<Scalar>

  /// Lends every parameter, in a fixed order and under a fixed name, to read it or to change it.
  ///
  /// Names are those that PyTorch gives, such as `weight` or `layer1.0.conv1.weight`.
  mutating func visitParameters(_ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void)
    rethrows

  /// Lends what belongs to the layer's state but is not trained, such as running statistics.
  mutating func visitBuffers(_ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void)
    rethrows

  /// Takes over what a forward pass in training measured: running statistics.
  mutating func absorb(_ cache: Cache)

  /// Sets running statistics to those of all the given data, in one full pass.
  ///
  /// A layer that consists of others passes the data through them in order, so that each sees what
  /// it will see in evaluation.
  ///
  /// - Returns: The layer's output in evaluation, batch by batch.
  /// - Throws: What `forward` throws; `BatchTooSmall` when there is too little data.
  mutating func measureStatistics(over batches: [Tensor<Scalar>]) throws -> [Tensor<Scalar>]
}

/// The mode of a network: it learns or answers.
public enum Mode: Sendable {
  /// Normalization takes the statistics of the batch.
  case training
  /// Normalization takes the statistics of the training data.
  case evaluation
}

extension Layer {
  /// The gradients of `backward` without that of the input.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func parameterGradients(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> Gradients<Scalar> {
    try backward(dOutput, cache: cache).gradients
  }

  /// Nothing, for a layer without parameters.
  public mutating func visitParameters(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {}

  /// Nothing, for a layer without running statistics.
  public mutating func visitBuffers(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {}

  /// Nothing, for a layer without running statistics.
  public mutating func absorb(_ cache: Cache) {}

  /// Nothing to set, for a layer without running statistics.
  ///
  /// - Returns: The layer's output in evaluation, batch by batch.
  /// - Throws: What `forward` throws.
  public mutating func measureStatistics(
    over batches: [Tensor<Scalar>]
  ) throws -> [Tensor<Scalar>] {
    try batches.map { try forward($0, mode: .evaluation).output }
  }

  /// The output of `forward` in evaluation, for a layer that is not made of others.
  ///
  /// - Throws: `ShapeMismatch` for an input that the layer cannot take.
  public func callAsFunction(_ input: Tensor<Scalar>) throws -> Tensor<Scalar> {
    try forward(input, mode: .evaluation).output
  }

  /// All parameters by name, in the order of `visitParameters`.
  public var parameters: [(name: String, value: Tensor<Scalar>)] {
    var (copy, found) = (self, [(name: String, value: Tensor<Scalar>)]())
    copy.visitParameters { name, value in found.append((name, value)) }
    return found
  }

  /// The number of scalars that training can change.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.value.count } }
}
