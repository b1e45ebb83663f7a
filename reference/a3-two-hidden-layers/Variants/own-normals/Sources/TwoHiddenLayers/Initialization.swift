// Box and Muller by hand, the layers from the output back to the input.
// expect: full
// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation

import CourseKit
import TwoHiddenLayersTask

public func initialize(
  _ kind: Initializer,
  sizes: [Int],
  using generator: inout Generator
) throws -> Parameters {
  try requireSizes(sizes)
  func normals(_ shape: [Int], _ deviation: Double) -> Tensor<Double> {
    let count = shape.reduce(1, *)
    let radii = generator.uniform(shape: [count], of: Double.self).map { max($0, 0x1p-53) }.log()
    let angles = generator.uniform(shape: [count], of: Double.self)
    let values = (0..<count).map { i in
      (-2 * radii[i]).squareRoot() * cosine(turns: angles[i]) * deviation
    }
    return Tensor(shape: shape, scalars: values)
  }
  var layers: [(w: Tensor<Double>, b: Tensor<Double>)] = []
  for (inputs, outputs) in zip(sizes, sizes.dropFirst()).reversed() {
    switch kind {
    case .zero: layers.append((.zeros(inputs, outputs), .zeros(outputs)))
    case .gaussian(let s): layers.append((normals([inputs, outputs], s), normals([outputs], s)))
    case .xavier:
      layers.append((normals([inputs, outputs], 1 / Double(inputs).squareRoot()), .zeros(outputs)))
    case .kaiming:
      let deviation = (2 / Double(inputs)).squareRoot()
      layers.append((normals([inputs, outputs], deviation), .zeros(outputs)))
    }
  }
  return Parameters(
    w1: layers[2].w,
    b1: layers[2].b,
    w2: layers[1].w,
    b2: layers[1].b,
    w3: layers[0].w,
    b3: layers[0].b
  )
}

/// The cosine, from its series around the nearest quarter turn.
private func cosine(turns: Double) -> Double {
  let quarter = (turns * 4).rounded()
  let angle = (turns - quarter / 4) * 2 * Double.pi
  let square = angle * angle
  var (cosine, sine, term) = (0.0, 0.0, 1.0)
  for k in 0..<10 {
    cosine += term
    sine += term * angle / Double(2 * k + 1)
    term *= -square / Double((2 * k + 1) * (2 * k + 2))
  }
  switch Int(quarter) % 4 {
  case 0: return cosine
  case 1: return -sine
  case 2: return -cosine
  default: return sine
  }
}
