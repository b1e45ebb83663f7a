import CourseKit
import JudgeSupport
import LayerNormTask
import XCTest

final class LayerNormTests: JudgeCase {
  func testLayerMean() throws {
    try onEachDraw { layer in
      let yours = try subject(LayerNormTask.layerMean, layer.x)
      check(yours, equals: layer.mean, scale: largest(layer.x), "mean")
    }
  }

  func testLayerVariance() throws {
    try onEachDraw { layer in
      let yours = try subject(LayerNormTask.layerVariance, layer.x, layer.mean)
      check(yours, equals: layer.variance, scale: largest(layer.variance), "variance")
    }
  }

  func testLayerNorm() throws {
    try onEachDraw { layer in
      let yours = try subject(
        LayerNormTask.layerNorm,
        layer.x,
        layer.gamma,
        layer.beta,
        layer.epsilon
      )
      let scale = largest(layer.gamma * layer.xHat) + largest(layer.beta)
      check(yours, equals: layer.u, scale: scale, "u")
    }
  }

  func testDX() throws {
    try onEachDraw { layer in
      let scale = largest(layer.gamma * layer.dU / layer.root)
      check(try gradients(layer).dX, equals: layer.dX, scale: scale, "dX")
    }
  }

  func testDGamma() throws {
    try onEachDraw { layer in
      let scale = largest((layer.dU * layer.xHat).map { abs($0) }.sum(axis: 0))
      check(try gradients(layer).dGamma, equals: layer.dGamma, scale: scale, "dGamma")
    }
  }

  func testDBeta() throws {
    try onEachDraw { layer in
      let scale = largest(layer.dU.map { abs($0) }.sum(axis: 0))
      check(try gradients(layer).dBeta, equals: layer.dBeta, scale: scale, "dBeta")
    }
  }

  private func gradients(_ layer: Layer) throws -> LayerNormGradients {
    try subject(LayerNormTask.backward, layer.dU, layer.x, layer.gamma, layer.epsilon)
  }

  private func onEachDraw(_ body: (Layer) throws -> Void) throws {
    var generator = generator()
    for layer in Layer.draws(using: &generator) {
      sizes = ["n": layer.x.shape[0], "d": layer.x.shape[1]]
      try body(layer)
    }
  }

  private func largest(_ tensor: Tensor<Double>) -> Double {
    tensor.scalars.map { abs($0) }.max() ?? 0
  }
}
