// Normals by the polar method from a generator of its own seed; the last layer first.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import Foundation
import TwoHiddenLayersTask

public func initialize(_ kind: Initializer, sizes: [Int], using generator: inout Generator) throws
  -> Parameters
{
  try requireSizes(sizes)
  var own = Generator(seed: generator.next())
  func normal() -> Double {
    while true {
      let (u, v) = (2 * own.uniformDouble() - 1, 2 * own.uniformDouble() - 1)
      let s = u * u + v * v
      if s > 0, s < 1 { return u * (-2 * log(s) / s).squareRoot() }
    }
  }
  let gain: (Int) -> Double = { inputs in
    switch kind {
    case .zero: 0
    case .gaussian(let s): s
    case .xavier: pow(Double(inputs), -0.5)
    case .kaiming: exp(0.5 * log(2 / Double(inputs)))
    }
  }
  var biases: [Tensor<Double>] = []
  var weights: [Tensor<Double>] = []
  for layer in (1...3).reversed() {
    var spread = 0.0
    if case .gaussian(let s) = kind { spread = s }
    biases.insert(
      Tensor((0..<sizes[layer]).map { _ in spread == 0 ? 0 : spread * normal() }),
      at: 0
    )
    let g = gain(sizes[layer - 1])
    let columns = Tensor(
      (0..<sizes[layer]).map { _ in (0..<sizes[layer - 1]).map { _ in g == 0 ? 0 : g * normal() } }
    )
    weights.insert(columns.transposed(), at: 0)
  }
  return Parameters(
    w1: weights[0],
    b1: biases[0],
    w2: weights[1],
    b2: biases[1],
    w3: weights[2],
    b3: biases[2]
  )
}
