public import CourseKit

/// A residual network, or the plain one of the same depth.
///
/// A stem, stages of blocks whose first one halves the image and doubles the channels (not in the
/// first stage), the mean over what is left of the image, and a linear layer. Names of parameters
/// are torchvision's.
///
/// Shapes: `x` `[n, channels, h, w]`; the output is `[n, classes]`.
///
/// Source: He, Zhang, Ren & Sun 2016.
public struct ResNet<Scalar: LectureScalar>: Network {
  /// The chain; `conv1`, `bn1`, the stages from `layer1` on and `fc` have parameters.
  public var layers: Sequential<Scalar>

  /// A network with drawn filters, scales 1 and shifts 0.
  ///
  /// With all defaults, ResNet-18, 34, 50, 101 and 152 have 11,689,512, 21,797,672, 25,557,032,
  /// 44,549,160 and 60,192,808 parameters; without projections ResNet-18 and 34, and the plain
  /// networks beside them, 11,515,688 and 21,623,848.
  ///
  /// - Parameters:
  ///   - plan: How deep it is, such as `.resNet18`.
  ///   - shortcut: What lies beside the blocks; none makes the network plain.
  ///   - stem: What comes before the first stage.
  ///   - channels: Of the images.
  ///   - width: The channels of the first stage's 3 by 3 convolutions.
  ///   - classes: How many there are to tell apart.
  ///   - initializer: Where filters and the last layer's weights start.
  ///   - generator: Draws them.
  /// - Throws: `ShapeMismatch` when a size is 0.
  public init(
    _ plan: ResNetPlan,
    shortcut: ResNetPlan.Shortcut = .projection,
    stem: ResNetPlan.Stem = .large,
    channels: Int = 3,
    width: Int = 64,
    classes: Int = 1000,
    _ initializer: Initializer = .kaiming,
    using generator: inout Generator
  ) throws {
    guard classes > 0 else { throw ShapeMismatch("ResNet, classes", [classes], [1]) }
    layers = try Self.stem(stem, channels, width, initializer, &generator)
    var inputs = width
    for (stage, count) in plan.blocks.enumerated() {
      var blocks: [any Layer<Scalar>] = []
      for number in 0..<count {
        let block = try ResNetBlock<Scalar>(
          inputs: inputs,
          width: width << stage,
          stride: stage > 0 && number == 0 ? 2 : 1,
          isBottleneck: plan.isBottleneck,
          shortcut: shortcut,
          initializer,
          using: &generator
        )
        blocks.append(block)
        inputs = block.outputs
      }
      layers.append("layer\(stage + 1)", Sequential(blocks))
    }
    layers.append("avgpool", GlobalAveragePool<Scalar>())
    layers.append(
      "fc",
      Linear<Scalar>(inputs: inputs, outputs: classes, initializer, using: &generator)
    )
  }

  private static func stem(
    _ stem: ResNetPlan.Stem,
    _ channels: Int,
    _ width: Int,
    _ initializer: Initializer,
    _ generator: inout Generator
  ) throws -> Sequential<Scalar> {
    let conv1 = try Conv2d<Scalar>(
      inputs: channels,
      outputs: width,
      kernel: stem == .large ? 7 : 3,
      stride: stem == .large ? 2 : 1,
      padding: stem == .large ? 3 : 1,
      hasBias: false,
      initializer,
      using: &generator
    )
    let norm = BatchNorm<Scalar>(channels: width)
    var layers = Sequential<Scalar>(named: ["conv1": conv1, "bn1": norm, "relu": ReLU<Scalar>()])
    if stem == .large {
      layers.append("maxpool", MaxPool2d<Scalar>(kernel: 3, stride: 2, padding: 1))
    }
    return layers
  }
}

extension Sequential {
  /// Adds a layer at the end.
  mutating func append(_ name: String, _ layer: any Layer<Scalar>) {
    elements.append(Element(name: name, layer: layer))
  }
}
