public import CourseKit

/// A model that is a chain of layers, and adds nothing to it but its own way to be made.
public protocol Network<Scalar>: Layer where Cache == Sequential<Scalar>.Cache {
  /// The chain; the names of its elements begin those of the parameters.
  var layers: Sequential<Scalar> { get set }
}

extension Network {
  /// Passes the input through the chain.
  ///
  /// - Throws: What a layer throws for an input that it cannot take.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    try layers.forward(input, mode: mode)
  }

  /// Passes the input through the chain, and keeps nothing of it.
  ///
  /// - Throws: What a layer throws for an input that it cannot take.
  public func callAsFunction(_ input: Tensor<Scalar>) throws -> Tensor<Scalar> {
    try layers(input)
  }

  /// Passes the gradient back through the chain.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    try layers.backward(dOutput, cache: cache)
  }

  /// Passes the gradient back through the chain, but for the gradient of the input.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func parameterGradients(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> Gradients<Scalar> {
    try layers.parameterGradients(dOutput, cache: cache)
  }

  /// Lends the parameters of the chain.
  public mutating func visitParameters(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {
    try layers.visitParameters(visit)
  }

  /// Lends the running statistics of the chain.
  public mutating func visitBuffers(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {
    try layers.visitBuffers(visit)
  }

  /// Takes over what the chain measured.
  public mutating func absorb(_ cache: Cache) { layers.absorb(cache) }

  /// Sets the running statistics of the chain to those of all the given data.
  ///
  /// - Returns: The output in evaluation, batch by batch.
  /// - Throws: What a layer throws.
  public mutating func measureStatistics(
    over batches: [Tensor<Scalar>]
  ) throws -> [Tensor<Scalar>] {
    try layers.measureStatistics(over: batches)
  }
}
