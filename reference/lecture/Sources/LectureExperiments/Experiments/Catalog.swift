/// All experiments, in the order of the page.
package enum Catalog {
  /// The experiments; `transcripts` first.
  package static let all: [Experiment] = [
    .activations, .expectedLoss,
    .oneLayer, .tenLayers,
    .batchToy, .batchNorm, .trainEval, .layerNorm,
    .convolution, .denseOrFilter, .paddingStride, .pooling,
    .globalAverage, .oneByOne, .depthwise,
  ]

  /// The experiment of that name.
  package static func experiment(_ name: String) -> Experiment? { all.first { $0.name == name } }
}
