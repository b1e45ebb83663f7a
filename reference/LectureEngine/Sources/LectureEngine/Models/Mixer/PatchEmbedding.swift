public import CourseKit

/// Cuts images into patches and turns each into a token: one linear layer for all patches.
///
/// It is computed as a convolution whose window is a patch and that moves by a patch.
///
/// Shapes: `x` `[n, c, h, w]`, `W` `[out, c, patch, patch]`, `b` `[out]`; the output is
/// `[n, ⌊h / patch⌋ ⌊w / patch⌋, out]`, patches in the order of reading. An empty batch has an
/// empty output; NaN reaches its patch's token.
///
/// Source: Tolstikhin et al. 2021, figure 1.
public struct PatchEmbedding<Scalar: LectureScalar>: Layer {
  /// The linear layer, as a convolution.
  public var projection: Conv2d<Scalar>

  /// The convolution's cache, and its output's shape.
  public struct Cache: Sendable {
    fileprivate let projection: Conv2d<Scalar>.Cache
    fileprivate let mapShape: [Int]
  }

  /// An embedding with drawn weights.
  ///
  /// - Throws: `ShapeMismatch` when a size is 0.
  public init(
    patch: Int,
    inputs: Int,
    outputs: Int,
    _ initializer: Initializer,
    using generator: inout Generator
  ) throws {
    projection = try Conv2d(
      inputs: inputs,
      outputs: outputs,
      kernel: Extent(patch, patch),
      stride: Extent(patch, patch),
      initializer,
      using: &generator
    )
  }

  /// Turns patches into tokens.
  ///
  /// - Throws: `ShapeMismatch` unless `input` has four axes, the channels, and room for a patch.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    let (maps, cache) = try projection.forward(input, mode: mode)
    let shape = maps.shape
    let tokens = maps.reshaped(shape[0], shape[1], shape[2] * shape[3]).swappingLastAxes()
    return (tokens, Cache(projection: cache, mapShape: shape))
  }

  /// Computes the gradients of the linear layer, and of the image patch by patch.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    let dMaps = try maps(dOutput, cache)
    let (dInput, part) = try projection.backward(dMaps, cache: cache.projection)
    var gradients = Gradients<Scalar>.none
    gradients.merge(part, under: "proj")
    return (dInput, gradients)
  }

  /// Computes the gradients of the linear layer alone.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func parameterGradients(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> Gradients<Scalar> {
    let dMaps = try maps(dOutput, cache)
    var gradients = Gradients<Scalar>.none
    gradients.merge(
      try projection.parameterGradients(dMaps, cache: cache.projection),
      under: "proj"
    )
    return gradients
  }

  /// The gradients of tokens as those of the convolution's maps.
  private func maps(_ dOutput: Tensor<Scalar>, _ cache: Cache) throws -> Tensor<Scalar> {
    let shape = cache.mapShape
    guard dOutput.shape == [shape[0], shape[2] * shape[3], shape[1]] else {
      throw ShapeMismatch("patch embedding, backward", dOutput.shape, shape)
    }
    return dOutput.swappingLastAxes().reshaped(to: shape)
  }

  /// Lends the parameters of the linear layer, under `proj`.
  public mutating func visitParameters(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {
    try projection.visitParameters { try visit("proj.\($0)", &$1) }
  }
}
