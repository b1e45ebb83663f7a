/// The sizes of an MLP-Mixer.
///
/// Source: Tolstikhin et al. 2021, table 1.
public struct MixerSize: Equatable, Sendable {
  /// The height and width of a patch, in pixels.
  public var patch: Int
  /// The number of channels: of scalars that stand for a patch.
  public var channels: Int
  /// The number of blocks.
  public var depth: Int
  /// The hidden units of token mixing.
  public var tokenHidden: Int
  /// The hidden units of channel mixing.
  public var channelHidden: Int

  /// Sizes of one's own.
  public init(patch: Int, channels: Int, depth: Int, tokenHidden: Int, channelHidden: Int) {
    self.patch = patch
    self.channels = channels
    self.depth = depth
    self.tokenHidden = tokenHidden
    self.channelHidden = channelHidden
  }

  /// Mixer-S/16.
  public static let s16 = MixerSize(
    patch: 16,
    channels: 512,
    depth: 8,
    tokenHidden: 256,
    channelHidden: 2048
  )

  /// Mixer-B/16.
  public static let b16 = MixerSize(
    patch: 16,
    channels: 768,
    depth: 12,
    tokenHidden: 384,
    channelHidden: 3072
  )
}
