import CourseKit

/// The lecture's network: one hidden layer, ReLU, softmax cross entropy, trained by hand.
///
/// `n` samples in the batch, `d` inputs, `h` hidden units, `k` classes. In single precision, as on
/// the slides.
struct OneHiddenLayer {
  var w1: Tensor<Float>  // [d, h]
  var b1: Tensor<Float>  // [h]
  var w2: Tensor<Float>  // [h, k]
  var b2: Tensor<Float>  // [k]

  /// Weights and biases are normal with standard deviation `scale`, drawn in the slides' order.
  init(_ d: Int, _ h: Int, _ k: Int, scale: Float, using generator: inout Generator) {
    w1 = generator.normal(shape: [d, h]) * scale
    b1 = generator.normal(shape: [h]) * scale
    w2 = generator.normal(shape: [h, k]) * scale
    b2 = generator.normal(shape: [k]) * scale
  }

  /// The logits of a batch, and the hidden layer before and after its ReLU.
  func forward(_ x: Tensor<Float>) throws -> (
    z1: Tensor<Float>, a1: Tensor<Float>, z2: Tensor<Float>
  ) {
    let z1 = try x.matmul(w1) + b1
    let a1 = z1.maximum(0)
    let z2 = try a1.matmul(w2) + b2
    return (z1, a1, z2)
  }

  /// One step of gradient descent on a batch; returns its loss before the step.
  mutating func step(_ x: Tensor<Float>, _ labels: [Int], learningRate: Float) throws -> Float {
    let n = Float(labels.count)
    let (z1, a1, z2) = try forward(x)
    let logProbabilities = logSoftmax(z2)
    var loss: Float = 0
    for (i, label) in labels.enumerated() { loss -= logProbabilities[i, label] / n }

    // Output layer: softmax minus one-hot, over n because the loss is a mean.
    var dZ2 = logProbabilities.exp()
    for (i, label) in labels.enumerated() { dZ2[i, label] -= 1 }
    dZ2 /= n
    let dW2 = try a1.transposed().matmul(dZ2)
    let dB2 = dZ2.sum(axis: 0)

    // Hidden layer: back through w2, then through the ReLU.
    let dA1 = try dZ2.matmul(w2.transposed())
    let dZ1 = dA1 * z1.map { $0 < 0 ? 0 : 1 }
    let dW1 = try x.transposed().matmul(dZ1)
    let dB1 = dZ1.sum(axis: 0)

    w1 -= learningRate * dW1
    b1 -= learningRate * dB1
    w2 -= learningRate * dW2
    b2 -= learningRate * dB2
    return loss
  }
}

/// The logarithm of the softmax of each row.
///
/// The row's largest is subtracted first: that changes nothing, and no exponential overflows.
func logSoftmax(_ logits: Tensor<Float>) -> Tensor<Float> {
  let n = logits.shape[0]
  let shifted = logits - logits.max(axis: 1).reshaped(n, 1)
  return shifted - shifted.exp().sum(axis: 1).log().reshaped(n, 1)
}
