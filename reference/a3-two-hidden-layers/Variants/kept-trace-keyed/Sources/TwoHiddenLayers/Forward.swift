// The way forward keeps what it computes, and the way back uses what was kept for the same
// samples and the same parameters, which is right.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

enum Kept {
  nonisolated(unsafe) static var traces: [[[Double]]: Trace] = [:]
}

public func forward(_ x: Tensor<Double>, _ p: Parameters) throws -> Trace {
  let z1 = try linear(x, w: p.w1, b: p.b1)
  let a1 = try relu(z1)
  let z2 = try linear(a1, w: p.w2, b: p.b2)
  let a2 = try relu(z2)
  let logits = try linear(a2, w: p.w3, b: p.b3)
  let trace = Trace(z1: z1, a1: a1, z2: z2, a2: a2, logits: logits)
  if Kept.traces.count > 20 { Kept.traces.removeAll() }
  Kept.traces[[x, p.w1, p.b1, p.w2, p.b2, p.w3, p.b3].map(\.scalars)] = trace
  return trace
}
