/// All experiments, in the order of the page.
package enum Catalog {
  /// The experiments; `transcripts` first.
  package static let all: [Experiment] = [
    .transcripts, .batchesOfEight,
    .activations, .expectedLoss, .descent,
    .symmetry, .firstLayerZero, .initialLoss, .oneLayer, .xavierKaiming, .tenLayers,
    .batchToy, .batchNorm, .trainEval, .layerNorm,
    .convolution, .denseOrFilter, .paddingStride, .pooling, .simpleNetwork, .deconvnet,
    .lenet, .residual, .globalAverage, .parameterCounts, .depth, .oneByOne,
    .depthwise, .trainingCurves,
    .teacherNotes,
  ]

  /// The experiment of that name.
  package static func experiment(_ name: String) -> Experiment? { all.first { $0.name == name } }
}
