public import CourseKit

/// Two or three convolutions and a way around them: `z' = relu(g(z) + s(z))`.
///
/// Every convolution is followed by batch norm, and has no bias of its own; the last ReLU comes
/// after the sum.
///
/// Shapes: `x` `[n, inputs, h, w]`; the output is `[n, outputs, h', w']` with
/// `h' = ⌈h / stride⌉` and `w' = ⌈w / stride⌉`.
///
/// Source: He, Zhang, Ren & Sun 2016, figures 2 and 5.
public struct ResNetBlock<Scalar: LectureScalar>: Layer {
  /// The convolutions and norms, `g`.
  public var body: Sequential<Scalar>
  /// The way around, `s`; nil in a plain network.
  public var shortcut: (any Layer<Scalar>)?
  /// The number of channels that come out.
  public let outputs: Int

  private let activation = ReLU<Scalar>()

  /// The caches of the parts.
  public struct Cache: Sendable {
    fileprivate let body: Sequential<Scalar>.Cache
    fileprivate let shortcut: (any Sendable)?
    fileprivate let activation: ReLU<Scalar>.Cache
  }

  /// A block with drawn filters.
  ///
  /// - Throws: `ShapeMismatch` when a size is 0.
  public init(
    inputs: Int,
    width: Int,
    stride: Int,
    isBottleneck: Bool,
    shortcut kind: ResNetPlan.Shortcut,
    _ initializer: Initializer,
    using generator: inout Generator
  ) throws {
    outputs = isBottleneck ? 4 * width : width
    // Kernel, channels and stride of each convolution.
    let steps: [(kernel: Int, channels: Int, stride: Int)] =
      isBottleneck
      ? [(1, width, 1), (3, width, stride), (1, outputs, 1)]
      : [(3, width, stride), (3, width, 1)]
    body = Sequential([])
    var last = inputs
    for (index, step) in steps.enumerated() {
      if index > 0 { body.append("relu\(index)", activation) }
      let convolution = try Conv2d<Scalar>(
        inputs: last,
        outputs: step.channels,
        kernel: Extent(step.kernel, step.kernel),
        stride: Extent(step.stride, step.stride),
        padding: step.kernel == 3 ? 1 : 0,
        hasBias: false,
        initializer,
        using: &generator
      )
      body.append("conv\(index + 1)", convolution)
      body.append("bn\(index + 1)", BatchNorm<Scalar>(channels: step.channels))
      last = step.channels
    }
    shortcut = try Self.shortcut(kind, inputs, outputs, stride, initializer, &generator)
  }

  private static func shortcut(
    _ kind: ResNetPlan.Shortcut,
    _ inputs: Int,
    _ outputs: Int,
    _ stride: Int,
    _ initializer: Initializer,
    _ generator: inout Generator
  ) throws -> (any Layer<Scalar>)? {
    let changesShape = stride != 1 || inputs != outputs
    switch kind {
    case .none: return nil
    case .projection where changesShape:
      let projection = try Conv2d<Scalar>(
        inputs: inputs,
        outputs: outputs,
        kernel: 1,
        stride: Extent(stride, stride),
        hasBias: false,
        initializer,
        using: &generator
      )
      return Sequential(projection, BatchNorm<Scalar>(channels: outputs))
    case .padding where changesShape: return PaddingShortcut<Scalar>(outputs, stride: stride)
    case .projection, .padding: return Identity<Scalar>()
    }
  }

  /// Computes both ways, adds them and rectifies.
  ///
  /// - Throws: `ShapeMismatch` unless `input` has four axes and the block's channels; in training
  ///   `BatchTooSmall` when a norm sees one value per channel.
  public func forward(
    _ input: Tensor<Scalar>,
    mode: Mode
  ) throws -> (output: Tensor<Scalar>, cache: Cache) {
    var (sum, bodyCache) = try body.forward(input, mode: mode)
    let around = try shortcut?.erasedForward(input, mode: mode)
    if let around { sum += around.output }
    let (output, mask) = try activation.forward(sum, mode: mode)
    return (output, Cache(body: bodyCache, shortcut: around?.cache, activation: mask))
  }

  /// The rectified sum of both ways.
  ///
  /// - Throws: `ShapeMismatch` unless `input` has four axes and the block's channels.
  public func callAsFunction(_ input: Tensor<Scalar>) throws -> Tensor<Scalar> {
    try body.answer(input, adding: shortcut?(input), rectifying: true)
  }

  /// Sends the gradient back both ways and adds what arrives.
  ///
  /// - Throws: `ShapeMismatch` when `dOutput` has another shape than the output.
  public func backward(
    _ dOutput: Tensor<Scalar>,
    cache: Cache
  ) throws -> (dInput: Tensor<Scalar>, gradients: Gradients<Scalar>) {
    let dSum = try activation.backward(dOutput, cache: cache.activation).dInput
    var (dInput, gradients) = try body.backward(dSum, cache: cache.body)
    if let shortcut, let part = cache.shortcut {
      let (dAround, shortcutGradients) = try shortcut.erasedBackward(dSum, cache: part)
      dInput += dAround
      gradients.merge(shortcutGradients, under: "downsample")
    }
    return (dInput, gradients)
  }

  /// Lends the parameters of the body under their own names, the shortcut's under `downsample`.
  public mutating func visitParameters(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {
    try body.visitParameters(visit)
    try shortcut?.visitParameters { try visit("downsample.\($0)", &$1) }
  }

  /// Lends the running statistics of the body and, under `downsample`, of the shortcut.
  public mutating func visitBuffers(
    _ visit: (_ name: String, inout Tensor<Scalar>) throws -> Void
  ) rethrows {
    try body.visitBuffers(visit)
    try shortcut?.visitBuffers { try visit("downsample.\($0)", &$1) }
  }

  /// Lets both ways take over what they measured.
  public mutating func absorb(_ cache: Cache) {
    body.absorb(cache.body)
    if let part = cache.shortcut { shortcut?.erasedAbsorb(part) }
  }

  /// Measures both ways on the block's own input.
  ///
  /// - Returns: The output in evaluation, batch by batch.
  /// - Throws: What the parts throw.
  public mutating func measureStatistics(
    over batches: [Tensor<Scalar>]
  ) throws -> [Tensor<Scalar>] {
    var sums = try body.measureStatistics(over: batches)
    if let around = try shortcut?.measureStatistics(over: batches) {
      for index in sums.indices { sums[index] += around[index] }
    }
    return try sums.map { try activation.forward($0, mode: .evaluation).output }
  }
}
