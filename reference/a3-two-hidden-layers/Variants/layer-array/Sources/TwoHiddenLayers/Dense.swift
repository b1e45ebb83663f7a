// Layers in an array, one loop forward and one backward.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

struct Dense {
  var w: Tensor<Double>
  var b: Tensor<Double>
  var isHidden: Bool

  func callAsFunction(_ x: Tensor<Double>) throws -> (z: Tensor<Double>, a: Tensor<Double>) {
    let z = try linear(x, w: w, b: b)
    return (z, isHidden ? try relu(z) : z)
  }

  static func stack(_ p: Parameters) -> [Dense] {
    [(p.w1, p.b1), (p.w2, p.b2), (p.w3, p.b3)].enumerated().map {
      Dense(w: $1.0, b: $1.1, isHidden: $0 < 2)
    }
  }
}

extension [Dense] {
  func run(_ x: Tensor<Double>) throws -> [(z: Tensor<Double>, a: Tensor<Double>)] {
    try reduce(into: []) { $0.append(try $1($0.last?.a ?? x)) }
  }
}
