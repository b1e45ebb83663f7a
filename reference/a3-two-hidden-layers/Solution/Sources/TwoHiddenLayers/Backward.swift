import CourseKit
import TwoHiddenLayersTask

// Part 4, the network backward: from the loss to all six parameters, layer by layer.

/// The gradients of the loss (2) of a batch with respect to all parameters.
///
/// Nothing of the forward pass is handed over but its input: compute again what you need.
///
/// Shapes: `x` `[n, d]`; `labels` holds `n` classes; each gradient has the shape of its parameter.
public func backward(
  _ x: Tensor<Double>,
  labels: [Int],
  _ p: Parameters
) throws -> Parameters {
  // solution
  let t = try forward(x, p)

  let dLogits = try gradLogits(logits: t.logits, labels: labels)
  let (dA2, dW3, dB3) = try gradLinear(dZ: dLogits, x: t.a2, w: p.w3)

  let dZ2 = try gradReLU(dA: dA2, z: t.z2)
  let (dA1, dW2, dB2) = try gradLinear(dZ: dZ2, x: t.a1, w: p.w2)

  let dZ1 = try gradReLU(dA: dA1, z: t.z1)
  let (_, dW1, dB1) = try gradLinear(dZ: dZ1, x: x, w: p.w1)

  return Parameters(w1: dW1, b1: dB1, w2: dW2, b2: dB2, w3: dW3, b3: dB3)
}
