// Layers in an array, one loop forward and one backward.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

public func backward(_ x: Tensor<Double>, labels: [Int], _ p: Parameters) throws -> Parameters {
  let layers = Dense.stack(p)
  let outputs = try layers.run(x)
  var d = try gradLogits(logits: outputs[2].z, labels: labels)
  var grads: [(Tensor<Double>, Tensor<Double>)] = []
  for i in layers.indices.reversed() {
    if layers[i].isHidden { d = try gradReLU(dA: d, z: outputs[i].z) }
    let g = try gradLinear(dZ: d, x: i == 0 ? x : outputs[i - 1].a, w: layers[i].w)
    grads.insert((g.dW, g.dB), at: 0)
    d = g.dX
  }
  return Parameters(
    w1: grads[0].0,
    b1: grads[0].1,
    w2: grads[1].0,
    b2: grads[1].1,
    w3: grads[2].0,
    b3: grads[2].1
  )
}
