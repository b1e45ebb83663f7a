public import CourseKit

/// Two residual steps: tokens are mixed channel by channel, then channels token by token.
///
/// `u = x + (M₁(norm₁(x)ᵀ))ᵀ` and `y = u + M₂(norm₂(u))`, with `M` two linear layers and GELU in
/// between. All channels share `M₁`, all tokens share `M₂`. The last bias of `M₁` adds one number
/// to all channels of a token, which every later norm takes away: its gradient is 0.
///
/// Shapes: `x` `[n, tokens, channels]`; the output is `[n, tokens, channels]`.
///
/// Source: Tolstikhin et al. 2021, equation 1.
public struct MixerBlock<Scalar: LectureScalar>: Layer {
  /// The norm before token mixing.
  public var norm1: LayerNorm<Scalar>
  /// Token mixing, `M₁`.
  public var tokenMixing: Sequential<Scalar>
  /// The norm before channel mixing.
  public var norm2: LayerNorm<Scalar>
  /// Channel mixing, `M₂`.
  public var channelMixing: Sequential<Scalar>

  /// The caches of the parts.
  public struct Cache: Sendable {
    fileprivate let norm1: LayerNorm<Scalar>.Cache
    fileprivate let tokenMixing: Sequential<Scalar>.Cache
    fileprivate let norm2: LayerNorm<Scalar>.Cache
    fileprivate let channelMixing: Sequential<Scalar>.Cache
  }

  /// A block with drawn weights.
  public init(
    tokens: Int,
    size: MixerSize,
    _ initializer: Initializer,
    using generator: inout Generator
  ) {
    norm1 = LayerNorm(features: size.channels, epsilon: 1e-6)
    tokenMixing = Self.mixing(tokens, size.tokenHidden, initializer, &generator)
    norm2 = LayerNorm(features: size.channels, epsilon: 1e-6)
    channelMixing = Self.mixing(size.channels, size.channelHidden, initializer, &generator)
  }

  private static func mixing(
    _ width: Int,
    _ hidden: Int,
    _ initializer: Initializer,
    _ generator: inout Generator
  ) -> Sequential<Scalar> {
    Sequential(named: [
      "fc1": Linear<Scalar>(inputs: width, outputs: hidden, initializer, using: &generator),
      "act": GELU<Scalar>(),
      "fc2": Linear<Scalar>(inputs: hidden, outputs: width, initializer, using: &generator),
    ])
  }

  /// Mixes tokens, then channels.
  ///
  /// - Throws: `ShapeMismatch` unless `input` has three axes, with the block's tokens and channels.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    guard input.rank == 3 else { throw ShapeMismatch("mixer block", input.shape, [0, 0, 0]) }
    let (normed1, norm1Cache) = try norm1.forward(input, mode: mode)
    let (mixed, tokenCache) = try tokenMixing.forward(normed1.swappingLastAxes(), mode: mode)
    let between = input + mixed.swappingLastAxes()

    let (normed2, norm2Cache) = try norm2.forward(between, mode: mode)
    let (changed, channelCache) = try channelMixing.forward(normed2, mode: mode)
    return (
      between + changed,
      Cache(
        norm1: norm1Cache,
        tokenMixing: tokenCache,
        norm2: norm2Cache,
        channelMixing: channelCache
      )
    )
  }

  /// Mixes tokens, then channels, and keeps nothing.
  ///
  /// - Throws: `ShapeMismatch` unless `input` has three axes, with the block's tokens and channels.
  public func callAsFunction(_ input: Tensor<Scalar>) throws -> Tensor<Scalar> {
    guard input.rank == 3 else { throw ShapeMismatch("mixer block", input.shape, [0, 0, 0]) }
    let mixed = try tokenMixing(norm1(input).swappingLastAxes()).swappingLastAxes()
    let between = input + mixed
    return between + (try channelMixing(norm2(between)))
  }

  /// Sends the gradient back through channel mixing, then through token mixing.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    let (dNormed2, channelPart) = try channelMixing.backward(dOutput, cache: cache.channelMixing)
    let (dThrough2, norm2Part) = try norm2.backward(dNormed2, cache: cache.norm2)
    let dBetween = dOutput + dThrough2

    let (dNormed1, tokenPart) = try tokenMixing.backward(
      dBetween.swappingLastAxes(),
      cache: cache.tokenMixing
    )
    let (dThrough1, norm1Part) = try norm1.backward(
      dNormed1.swappingLastAxes(),
      cache: cache.norm1
    )
    var gradients = Gradients<Scalar>.none
    gradients.merge(norm1Part, under: "norm1")
    gradients.merge(tokenPart, under: "mlp_tokens")
    gradients.merge(norm2Part, under: "norm2")
    gradients.merge(channelPart, under: "mlp_channels")
    return (dBetween + dThrough1, gradients)
  }

  /// Lends the parameters of all four parts.
  public mutating func visitParameters(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {
    try norm1.visitParameters { try visit("norm1.\($0)", &$1) }
    try tokenMixing.visitParameters { try visit("mlp_tokens.\($0)", &$1) }
    try norm2.visitParameters { try visit("norm2.\($0)", &$1) }
    try channelMixing.visitParameters { try visit("mlp_channels.\($0)", &$1) }
  }
}
