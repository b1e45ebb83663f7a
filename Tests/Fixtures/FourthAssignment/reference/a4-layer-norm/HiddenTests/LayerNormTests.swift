import CourseKit
import JudgeSupport
import LayerNormTask
import XCTest

final class LayerNormTests: JudgeCase {
  func testLayerMean() throws {
    try judge("mean") { layer in
      try subject(LayerNormTask.layerMean, layer.x)
    } expect: {
      ($0.mean, scale: largest($0.x))
    }
  }

  func testLayerVariance() throws {
    try judge("variance") { layer in
      try subject(LayerNormTask.layerVariance, layer.x, layer.mean)
    } expect: {
      ($0.variance, scale: largest($0.variance))
    }
  }

  func testLayerNorm() throws {
    try judge("u") { layer in
      try subject(LayerNormTask.layerNorm, layer.x, layer.gamma, layer.beta, layer.epsilon)
    } expect: {
      ($0.u, scale: largest($0.gamma * $0.xHat) + largest($0.beta))
    }
  }

  func testDX() throws {
    try judge("dX") { layer in
      try gradients(layer).dX
    } expect: {
      ($0.dX, scale: largest($0.gamma * $0.dU / $0.root))
    }
  }

  func testDGamma() throws {
    try judge("dGamma") { layer in
      try gradients(layer).dGamma
    } expect: {
      ($0.dGamma, scale: largest(($0.dU * $0.xHat).map { abs($0) }.sum(axis: 0)))
    }
  }

  func testDBeta() throws {
    try judge("dBeta") { layer in
      try gradients(layer).dBeta
    } expect: {
      ($0.dBeta, scale: largest($0.dU.map { abs($0) }.sum(axis: 0)))
    }
  }

  private func gradients(_ layer: Layer) throws -> LayerNormGradients {
    try subject(LayerNormTask.backward, layer.dU, layer.x, layer.gamma, layer.epsilon)
  }

  private func judge(
    _ name: String,
    ask: (Layer) throws -> Tensor<Double>,
    expect: (Layer) -> (value: Tensor<Double>, scale: Double)
  ) throws {
    if isSearching {
      try search(asking: { [try ask($0)] }, expecting: { .returns([(name, expect($0).value)]) })
    }
    var generator = generator()
    for layer in Layer.draws(using: &generator) {
      sizes = ["n": layer.x.shape[0], "d": layer.x.shape[1]]
      let right = expect(layer)
      check(try ask(layer), equals: right.value, scale: right.scale, name)
    }
  }

  private func largest(_ tensor: Tensor<Double>) -> Double {
    tensor.scalars.map { abs($0) }.max() ?? 0
  }
}
