public import CourseKit

/// The slides' network with a second hidden layer, forward and backward written out (S58, 3).
///
/// `z1 = x W1 + b1`, `a1 = max(z1, 0)`, `z2 = a1 W2 + b2`, `a2 = max(z2, 0)`, `z3 = a2 W3 + b3`;
/// the loss is the mean softmax cross entropy of `z3`.
///
/// Shapes: `n` samples, `d` inputs, `h1` and `h2` hidden units, `k` classes.
public struct ThreeLayerNet<Scalar: LectureScalar>: Equatable, Sendable {
  /// Weights of the first hidden layer, `[d, h1]`.
  public var w1: Tensor<Scalar>
  /// Biases of the first hidden layer, `[h1]`.
  public var b1: Tensor<Scalar>
  /// Weights of the second hidden layer, `[h1, h2]`.
  public var w2: Tensor<Scalar>
  /// Biases of the second hidden layer, `[h2]`.
  public var b2: Tensor<Scalar>
  /// Weights of the output layer, `[h2, k]`.
  public var w3: Tensor<Scalar>
  /// Biases of the output layer, `[k]`.
  public var b3: Tensor<Scalar>

  /// The intermediate results of a forward pass.
  public struct Trace: Sendable {
    /// The first hidden layer before its ReLU, `[n, h1]`.
    public let z1: Tensor<Scalar>
    /// The first hidden layer, `[n, h1]`.
    public let a1: Tensor<Scalar>
    /// The second hidden layer before its ReLU, `[n, h2]`.
    public let z2: Tensor<Scalar>
    /// The second hidden layer, `[n, h2]`.
    public let a2: Tensor<Scalar>
    /// The logits, `[n, k]`.
    public let z3: Tensor<Scalar>
  }

  /// A network that starts where the initializer says; drawn are W1, b1, W2, b2, W3, b3.
  public init(
    inputs d: Int,
    hidden: (Int, Int),
    classes k: Int,
    _ initializer: Initializer,
    using generator: inout Generator
  ) {
    let (h1, h2) = hidden
    w1 = initializer.weights(shape: [d, h1], inputs: d, outputs: h1, using: &generator)
    b1 = initializer.biases(count: h1, using: &generator)
    w2 = initializer.weights(shape: [h1, h2], inputs: h1, outputs: h2, using: &generator)
    b2 = initializer.biases(count: h2, using: &generator)
    w3 = initializer.weights(shape: [h2, k], inputs: h2, outputs: k, using: &generator)
    b3 = initializer.biases(count: k, using: &generator)
  }

  private init(
    _ first: (w: Tensor<Scalar>, b: Tensor<Scalar>),
    _ second: (w: Tensor<Scalar>, b: Tensor<Scalar>),
    _ third: (w: Tensor<Scalar>, b: Tensor<Scalar>)
  ) {
    ((w1, b1), (w2, b2), (w3, b3)) = (first, second, third)
  }

  /// The number of scalars that training can change.
  public var parameterCount: Int {
    w1.count + b1.count + w2.count + b2.count + w3.count + b3.count
  }

  /// The logits of a batch, and what leads to them.
  ///
  /// Shapes: `x` `[n, d]`.
  ///
  /// - Throws: `ShapeMismatch` for another number of inputs.
  public func forward(_ x: Tensor<Scalar>) throws -> Trace {
    let z1 = try x.matmul(w1) + b1
    let a1 = z1.maximum(0)
    let z2 = try a1.matmul(w2) + b2
    let a2 = z2.maximum(0)
    let z3 = try a2.matmul(w3) + b3
    return Trace(z1: z1, a1: a1, z2: z2, a2: a2, z3: z3)
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
  ) throws -> (loss: Scalar, gradients: ThreeLayerNet) {
    let (loss, dZ3, dZ2, dZ1) = try errors(labels, trace)
    let dW3 = try trace.a2.matmul(dZ3, transposing: .left)
    let dB3 = dZ3.sum(axis: 0)

    let dW2 = try trace.a1.matmul(dZ2, transposing: .left)
    let dB2 = dZ2.sum(axis: 0)

    let dW1 = try x.matmul(dZ1, transposing: .left)
    let dB1 = dZ1.sum(axis: 0)
    return (loss, ThreeLayerNet((dW1, dB1), (dW2, dB2), (dW3, dB3)))
  }

  /// The loss of a batch and its gradients at the layers' outputs before their ReLU.
  private func errors(
    _ labels: [Int],
    _ trace: Trace
  ) throws -> (loss: Scalar, dZ3: Tensor<Scalar>, dZ2: Tensor<Scalar>, dZ1: Tensor<Scalar>) {
    let (loss, dZ3) = try SoftmaxCrossEntropy(.mean)(trace.z3, labels: labels)
    let dA2 = try dZ3.matmul(w3, transposing: .right)
    let dZ2 = dA2.masked(by: trace.z2)

    let dA1 = try dZ2.matmul(w2, transposing: .right)
    let dZ1 = dA1.masked(by: trace.z1)
    return (loss, dZ3, dZ2, dZ1)
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
    let (loss, dZ3, dZ2, dZ1) = try errors(labels, trace)
    try w1.descend(along: x, dZ1, rate: learningRate)
    b1.descend(along: dZ1.sum(axis: 0), rate: learningRate)
    try w2.descend(along: trace.a1, dZ2, rate: learningRate)
    b2.descend(along: dZ2.sum(axis: 0), rate: learningRate)
    try w3.descend(along: trace.a2, dZ3, rate: learningRate)
    b3.descend(along: dZ3.sum(axis: 0), rate: learningRate)
    return loss
  }

  /// The same network in the layered form, whose weights have a row for each output.
  ///
  /// - Throws: `ShapeMismatch` when weights and biases do not fit together.
  public func layered() throws -> Sequential<Scalar> {
    Sequential(
      try Linear(weight: w1.transposed(), bias: b1),
      ReLU(),
      try Linear(weight: w2.transposed(), bias: b2),
      ReLU(),
      try Linear(weight: w3.transposed(), bias: b3)
    )
  }
}
