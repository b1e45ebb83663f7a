// Layers in an array, one loop forward and one backward.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

public func forward(_ x: Tensor<Double>, _ p: Parameters) throws -> Trace {
  let o = try Dense.stack(p).run(x)
  return Trace(z1: o[0].z, a1: o[0].a, z2: o[1].z, a2: o[1].a, logits: o[2].a)
}
