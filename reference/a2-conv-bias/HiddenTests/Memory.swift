import ConvBiasTask
import CourseKit
import JudgeSupport

// What one function keeps and another uses: it shows when the first has seen other data.

/// A draw of a convolution's sizes.
protocol Placed {
  var geometry: Geometry { get }
}

extension Convolution: Placed {}

extension Shift: Placed {
  var geometry: Geometry { convolution.geometry }
}

extension Normalization: Placed {
  var geometry: Geometry { convolution.geometry }
}

extension ConvBiasCase {
  /// Questions to all functions on other data of these sizes: to the convolution and its gradients,
  /// to what the bias is good for, to what stands before batch normalization.
  func otherQuestions(on geometry: Geometry) -> [[() throws -> Void]] {
    var generator = self.generator("memory")
    let convolution = Convolution(geometry, using: &generator)
    var bare = geometry
    (bare.stride, bare.padding) = ((1, 1), (0, 0))
    return [
      convolutionQuestions(convolution),
      biasQuestions(convolution, Folding(geometry, hasBias: true, using: &generator)),
      normalizationQuestions(Normalization(bare, using: &generator)),
    ]
  }

  private func convolutionQuestions(_ draw: Convolution) -> [() throws -> Void] {
    let geometry = draw.geometry
    let (stride, padding) = (Pair(geometry.stride), Pair(geometry.padding))
    return [
      { [self] in
        let size = (geometry.size.0, geometry.kernel.0)
        _ = try subject(ConvBiasTask.outputSize, size.0, size.1, stride.down, padding.down)
      },
      { [self] in _ = try response(draw.x, draw.weight, draw.bias, geometry) },
      { [self] in _ = try subject(ConvBiasTask.gradBias, draw.dY) },
      { [self] in
        let kernel = Pair(geometry.kernel)
        _ = try subject(ConvBiasTask.gradWeight, draw.dY, draw.x, kernel, stride, padding)
      },
      { [self] in
        let size = Pair(geometry.size)
        _ = try subject(ConvBiasTask.gradInput, draw.dY, draw.weight, size, stride, padding)
      },
    ]
  }

  private func biasQuestions(_ draw: Convolution, _ folding: Folding) -> [() throws -> Void] {
    let geometry = draw.geometry
    return [
      { [self] in _ = try counts(of: geometry) },
      { [self] in _ = try subject(ConvBiasTask.bestBias, draw.dY, 2 * draw.dY) },
      { [self] in
        let shift = Tensor<Double>.ones(geometry.c)
        _ = try subject(ConvBiasTask.absorbShift, draw.weight, draw.bias, shift)
      },
      { [self] in
        _ = try subject(
          ConvBiasTask.fold,
          folding.weight,
          folding.bias,
          folding.gamma,
          folding.beta,
          folding.running,
          folding.epsilon
        )
      },
    ]
  }

  private func normalizationQuestions(_ draw: Normalization) -> [() throws -> Void] {
    let convolution = draw.convolution
    return [
      { [self] in
        _ = try subject(
          ConvBiasTask.convThenBatchNorm,
          convolution.x,
          convolution.weight,
          convolution.bias,
          draw.gamma,
          draw.beta,
          draw.epsilon
        )
      },
      { [self] in
        _ = try subject(
          ConvBiasTask.gradBiasBeforeBatchNorm,
          convolution.dY,
          convolution.x,
          convolution.weight,
          convolution.bias,
          draw.gamma,
          draw.epsilon
        )
      },
    ]
  }
}
