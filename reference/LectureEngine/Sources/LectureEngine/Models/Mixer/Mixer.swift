public import CourseKit

/// A network for images without convolution: its patches exchange what they see, channel by
/// channel, and each works on what it knows.
///
/// Patches become tokens, blocks mix them, the mean over the tokens goes through a linear layer.
/// Names of parameters are timm's. Layer norm adds 1e-6 to the variance, as the authors' own code.
///
/// Shapes: `x` `[n, 3, image, image]`; the output is `[n, classes]`.
///
/// Source: Tolstikhin et al. 2021, figure 1.
public struct Mixer<Scalar: LectureScalar>: Network {
  /// The chain; `stem`, `blocks`, `norm` and `head` have parameters.
  public var layers: Sequential<Scalar>

  /// A network with drawn weights.
  ///
  /// Sizes S/16 and B/16 have 18,528,264 and 59,880,472 parameters for images of 224 by 224 and
  /// 1000 classes.
  ///
  /// - Parameters:
  ///   - size: The sizes, such as `.s16`.
  ///   - image: The height and width of the images.
  ///   - channels: Of the images.
  ///   - classes: How many there are to tell apart.
  ///   - initializer: Where the weights start.
  ///   - generator: Draws them.
  /// - Throws: `ShapeMismatch` unless patches fill the image and all sizes are positive.
  /// - Precondition: The depth is not negative.
  public init(
    _ size: MixerSize,
    image: Int = 224,
    channels: Int = 3,
    classes: Int = 1000,
    _ initializer: Initializer = .xavier,
    using generator: inout Generator
  ) throws {
    guard size.patch > 0, image % size.patch == 0, image > 0 else {
      throw ShapeMismatch("mixer, image and patch", [image, image], [size.patch, size.patch])
    }
    guard classes > 0 else { throw ShapeMismatch("mixer, classes", [classes], [1]) }
    let widths = [size.channels, size.tokenHidden, size.channelHidden, channels]
    guard widths.allSatisfy({ $0 > 0 }) else {
      throw ShapeMismatch("mixer, channels and hidden units", widths, [1, 1, 1, 1])
    }
    let tokens = (image / size.patch) * (image / size.patch)
    let stem = try PatchEmbedding<Scalar>(
      patch: size.patch,
      inputs: channels,
      outputs: size.channels,
      initializer,
      using: &generator
    )
    var blocks: [any Layer<Scalar>] = []
    for _ in 0..<size.depth {
      blocks.append(
        MixerBlock<Scalar>(tokens: tokens, size: size, initializer, using: &generator)
      )
    }
    layers = Sequential(named: [
      "stem": stem,
      "blocks": Sequential(blocks),
      "norm": LayerNorm<Scalar>(features: size.channels, epsilon: 1e-6),
      "pool": TokenMean<Scalar>(),
      "head": Linear<Scalar>(
        inputs: size.channels,
        outputs: classes,
        initializer,
        using: &generator
      ),
    ])
  }
}
