public import CourseKit

/// The slides' network with one hidden layer, forward and backward written out (S9, S10).
///
/// `z1 = x W1 + b1`, `a1 = max(z1, 0)`, `z2 = a1 W2 + b2`; the loss is the mean softmax cross
/// entropy of `z2`. Names are the slides', and so is the order of lines, except that gradients of
/// weights come last; weights have a row for each input.
///
/// Shapes: `n` samples, `d` inputs, `h` hidden units, `k` classes.
public struct TwoLayerNet<Scalar: LectureScalar>: Equatable, Sendable {
  /// Weights of the hidden layer, `[d, h]`.
  public var w1: Tensor<Scalar>
  /// Biases of the hidden layer, `[h]`.
  public var b1: Tensor<Scalar>
  /// Weights of the output layer, `[h, k]`.
  public var w2: Tensor<Scalar>
  /// Biases of the output layer, `[k]`.
  public var b2: Tensor<Scalar>

  /// The intermediate results of a forward pass.
  public struct Trace: Sendable {
    /// The hidden layer before its ReLU, `[n, h]`.
    public let z1: Tensor<Scalar>
    /// The hidden layer, `[n, h]`.
    public let a1: Tensor<Scalar>
    /// The logits, `[n, k]`.
    public let z2: Tensor<Scalar>
  }

  /// A network that starts where the initializer says; drawn are W1, b1, W2, b2, in this order.
  public init(
    inputs d: Int,
    hidden h: Int,
    classes k: Int,
    _ initializer: Initializer,
    using generator: inout Generator
  ) {
    w1 = initializer.weights(shape: [d, h], inputs: d, outputs: h, using: &generator)
    b1 = initializer.biases(count: h, using: &generator)
    w2 = initializer.weights(shape: [h, k], inputs: h, outputs: k, using: &generator)
    b2 = initializer.biases(count: k, using: &generator)
  }

  private init(w1: Tensor<Scalar>, b1: Tensor<Scalar>, w2: Tensor<Scalar>, b2: Tensor<Scalar>) {
    (self.w1, self.b1, self.w2, self.b2) = (w1, b1, w2, b2)
  }

  /// The number of scalars that training can change: 397,510 for 784-500-10.
  public var parameterCount: Int { w1.count + b1.count + w2.count + b2.count }

  /// The logits of a batch, and what leads to them.
  ///
  /// Shapes: `x` `[n, d]`.
  ///
  /// - Throws: `ShapeMismatch` for another number of inputs.
  public func forward(_ x: Tensor<Scalar>) throws -> Trace {
    let z1 = try x.matmul(w1) + b1
    let a1 = z1.maximum(0)
    let z2 = try a1.matmul(w2) + b2
    return Trace(z1: z1, a1: a1, z2: z2)
  }

  /// The loss of a batch and its gradients, each in the place of what it belongs to.
  ///
  /// Shapes: `x` `[n, d]`, with `n` labels.
  ///
  /// - Throws: What `SoftmaxCrossEntropy` throws, and `ShapeMismatch` for an `x` that was not the
  ///   trace's.
  public func backward(
    _ x: Tensor<Scalar>,
    labels: [Int],
    _ trace: Trace
  ) throws -> (loss: Scalar, gradients: TwoLayerNet) {
    let (loss, dZ2, dZ1) = try errors(labels, trace)
    let dW2 = try trace.a1.matmul(dZ2, transposing: .left)
    let dB2 = dZ2.sum(axis: 0)

    let dW1 = try x.matmul(dZ1, transposing: .left)
    let dB1 = dZ1.sum(axis: 0)
    return (loss, TwoLayerNet(w1: dW1, b1: dB1, w2: dW2, b2: dB2))
  }

  /// The loss of a batch and its gradients at the layers' outputs before their ReLU.
  private func errors(
    _ labels: [Int],
    _ trace: Trace
  ) throws -> (loss: Scalar, dZ2: Tensor<Scalar>, dZ1: Tensor<Scalar>) {
    // Softmax minus one-hot, over n because the loss is a mean.
    let (loss, dZ2) = try SoftmaxCrossEntropy(.mean)(trace.z2, labels: labels)
    let dA1 = try dZ2.matmul(w2, transposing: .right)
    let dZ1 = dA1.masked(by: trace.z1)
    return (loss, dZ2, dZ1)
  }

  /// One step of gradient descent on a batch.
  ///
  /// - Returns: The loss of the batch before the step.
  /// - Throws: What `forward` and `backward` throw.
  public mutating func step(
    _ x: Tensor<Scalar>,
    labels: [Int],
    learningRate: Scalar
  ) throws -> Scalar {
    let trace = try forward(x)
    let (loss, dZ2, dZ1) = try errors(labels, trace)
    try w1.descend(along: x, dZ1, rate: learningRate)
    b1.descend(along: dZ1.sum(axis: 0), rate: learningRate)
    try w2.descend(along: trace.a1, dZ2, rate: learningRate)
    b2.descend(along: dZ2.sum(axis: 0), rate: learningRate)
    return loss
  }

  /// The same network in the layered form, whose weights have a row for each output.
  ///
  /// - Throws: `ShapeMismatch` when weights and biases do not fit together.
  public func layered() throws -> Sequential<Scalar> {
    Sequential(
      try Linear(weight: w1.transposed(), bias: b1),
      ReLU(),
      try Linear(weight: w2.transposed(), bias: b2)
    )
  }
}
