/// The depth of a residual network, and the blocks of which it is built.
///
/// Source: He, Zhang, Ren & Sun 2016, table 1.
public struct ResNetPlan: Equatable, Sendable {
  /// The number of blocks in each of the stages; the width doubles from stage to stage.
  public let blocks: [Int]
  /// True if a block narrows to a quarter of its channels before its 3 by 3 convolution.
  public let isBottleneck: Bool

  /// A plan of one's own.
  ///
  /// - Precondition: There is a stage, and every stage has a block.
  public init(blocks: [Int], isBottleneck: Bool) {
    precondition(!blocks.isEmpty && blocks.allSatisfy { $0 > 0 }, "ResNetPlan: blocks \(blocks)")
    self.blocks = blocks
    self.isBottleneck = isBottleneck
  }

  /// 18 layers with parameters, blocks of two convolutions.
  public static let resNet18 = ResNetPlan(blocks: [2, 2, 2, 2], isBottleneck: false)
  /// 34 layers, blocks of two convolutions.
  public static let resNet34 = ResNetPlan(blocks: [3, 4, 6, 3], isBottleneck: false)
  /// 50 layers, bottleneck blocks.
  public static let resNet50 = ResNetPlan(blocks: [3, 4, 6, 3], isBottleneck: true)
  /// 101 layers, bottleneck blocks.
  public static let resNet101 = ResNetPlan(blocks: [3, 4, 23, 3], isBottleneck: true)
  /// 152 layers, bottleneck blocks.
  public static let resNet152 = ResNetPlan(blocks: [3, 8, 36, 3], isBottleneck: true)

  /// The number of layers with parameters between input and output, shortcuts apart.
  public var depth: Int { blocks.reduce(0, +) * (isBottleneck ? 3 : 2) + 2 }

  /// The path beside the convolutions of a block.
  public enum Shortcut: Equatable, Sendable {
    /// The identity; where the shape changes, a 1 by 1 convolution and a norm.
    case projection
    /// The identity; where the shape changes, every second pixel and channels of zeros, without
    /// parameters.
    case padding
    /// Nothing: the plain network that the residual one is compared with.
    case none
  }

  /// The layers before the first stage.
  public enum Stem: Equatable, Sendable {
    /// For large images: 7 by 7 with stride 2, then max pooling; a quarter of the size.
    case large
    /// For small images, such as digits: 3 by 3 with stride 1; the whole size.
    case small
  }
}
