import CourseKit
import LectureEngine

/// A case or more for every public layer; all sizes of a case are different.
func shapeCases() throws -> [String: [ShapeCase]] {
  try elementwiseCases().merging(rowCases()) { $1 }.merging(imageCases()) { $1 }
    .merging(modelCases()) { $1 }
}

private func elementwiseCases() -> [String: [ShapeCase]] {
  let layers: [String: any Layer<Double>] = [
    "ReLU": ReLU<Double>(), "LeakyReLU": LeakyReLU<Double>(), "Sigmoid": Sigmoid<Double>(),
    "Tanh": Tanh<Double>(), "GELU": GELU<Double>(), "Identity": Identity<Double>(),
  ]
  return layers.mapValues { layer in
    [[], [4], [2, 3, 5]].map { ShapeCase(layer, [:], rest: $0) }
  }
}

private func rowCases() throws -> [String: [ShapeCase]] {
  let linear = try Linear<Double>(weight: .zeros(5, 3), bias: .zeros(5))
  let norm = BatchNorm<Double>(channels: 3)
  return [
    "Linear": [[], [4], [2, 4]].map { ShapeCase(linear, ["in": 3, "out": 5], rest: $0) },
    "Softmax": [[], [4], [2, 4]].map { ShapeCase(Softmax<Double>(), ["k": 3], rest: $0) },
    "BatchNorm": [[], [5], [5, 2]].map { ShapeCase(norm, ["n": 4, "c": 3], rest: $0) },
    "LayerNorm": [[], [4], [2, 4]].map {
      ShapeCase(LayerNorm<Double>(features: 3), ["d": 3], rest: $0)
    },
    "RBF": [
      ShapeCase(try RBF<Double>(centers: .zeros(5, 3)), ["n": 2, "d": 3, "k": 5]),
      ShapeCase(
        try RBF<Double>(centers: .zeros(5, 3), isTrained: false),
        ["n": 2, "d": 3, "k": 5]
      ),
    ],
  ]
}

private func imageCases() throws -> [String: [ShapeCase]] {
  let image = ["n": 2, "c": 4, "h": 9, "w": 11]
  func sizes(_ others: [String: Int]) -> [String: Int] { image.merging(others) { $1 } }
  let conv1d = try Conv1d<Double>(
    weight: .zeros(6, 2, 3),
    bias: .zeros(6),
    stride: 2,
    padding: 1,
    groups: 2
  )
  let conv2d = try Conv2d<Double>(
    weight: .zeros(6, 2, 3, 5),
    bias: .zeros(6),
    stride: 2,
    padding: 1,
    groups: 2
  )
  let transposed = try TransposedConv2d<Double>(
    weight: .zeros(4, 3, 3, 5),
    bias: .zeros(6),
    stride: 2,
    padding: 1,
    outputPadding: 1,
    groups: 2
  )
  let pooling = sizes(["kernel": 3, "stride": 2, "padding": 1])
  return [
    "Conv1d": [
      ShapeCase(
        conv1d,
        ["n": 2, "c": 4, "l": 9, "out": 6, "k": 3, "stride": 2, "padding": 1, "groups": 2]
      )
    ],
    "Conv2d": [
      ShapeCase(
        conv2d,
        sizes(["out": 6, "kh": 3, "kw": 5, "stride": 2, "padding": 1, "groups": 2])
      )
    ],
    "TransposedConv2d": [
      ShapeCase(
        transposed,
        sizes([
          "out": 6, "kh": 3, "kw": 5, "stride": 2, "padding": 1, "groups": 2, "outputPadding": 1,
        ])
      )
    ],
    "MaxPool2d": [ShapeCase(MaxPool2d<Double>(kernel: 3, stride: 2, padding: 1), pooling)],
    "AvgPool2d": [ShapeCase(AvgPool2d<Double>(kernel: 3, stride: 2, padding: 1), pooling)],
    "GlobalAveragePool": [ShapeCase(GlobalAveragePool<Double>(), image, rest: [3])],
    "Flatten": [ShapeCase(Flatten<Double>(), ["n": 2, "d": 15], rest: [3, 5])],
    "ZeroPadding2d": [
      ShapeCase(
        ZeroPadding2d<Double>(top: 1, bottom: 2, left: 3, right: 0),
        sizes(["top": 1, "bottom": 2, "left": 3, "right": 0])
      )
    ],
  ]
}

private func modelCases() throws -> [String: [ShapeCase]] {
  var generator = Generator(seed: 6)
  let image = ["n": 2, "c": 3, "h": 9, "w": 11]
  func sizes(_ others: [String: Int]) -> [String: Int] { image.merging(others) { $1 } }
  let table = TableConv2d<Double>(
    inputs: 3,
    table: [[0, 1], [2], [1, 2], [0]],
    kernel: Extent(3, 5),
    .xavier,
    using: &generator
  )
  let block = try ResNetBlock<Double>(
    inputs: 3,
    width: 4,
    stride: 2,
    isBottleneck: false,
    shortcut: .projection,
    .kaiming,
    using: &generator
  )
  let stem = try PatchEmbedding<Double>(
    patch: 4,
    inputs: 3,
    outputs: 5,
    .xavier,
    using: &generator
  )
  return [
    "Subsampling": [ShapeCase(Subsampling<Double>(maps: 3), image)],
    "TableConv2d": [
      ShapeCase(table, sizes(["connections": 6, "out": 4, "kh": 3, "kw": 5]))
    ],
    "PaddingShortcut": [
      ShapeCase(PaddingShortcut<Double>(5, stride: 2), sizes(["outputs": 5, "stride": 2]))
    ],
    "ResNetBlock": [ShapeCase(block, sizes(["inputs": 3, "outputs": 4, "stride": 2]))],
    "PatchEmbedding": [ShapeCase(stem, sizes(["patch": 4, "out": 5]))],
    "TokenMean": [ShapeCase(TokenMean<Double>(), ["n": 2, "tokens": 5, "channels": 3])],
  ].merging(try networkCases(&generator)) { $1 }
}

private func networkCases(_ generator: inout Generator) throws -> [String: [ShapeCase]] {
  let size = MixerSize(patch: 4, channels: 6, depth: 2, tokenHidden: 3, channelHidden: 7)
  let block = MixerBlock<Double>(tokens: 5, size: size, .xavier, using: &generator)
  let resNet = try ResNet<Double>(
    ResNetPlan(blocks: [1, 2], isBottleneck: true),
    stem: .small,
    channels: 1,
    width: 3,
    classes: 5,
    using: &generator
  )
  let mlp = BatchNormMLP<Double>(inputs: 6, hidden: [5, 3], classes: 4, using: &generator)
  return [
    "BatchNormMLP": [ShapeCase(mlp, ["n": 7, "inputs": 6, "classes": 4])],
    "SimpleCNN": [
      ShapeCase(try SimpleCNN<Double>(classes: 4, using: &generator), ["n": 2, "classes": 4])
    ],
    "ModernLeNet": [
      ShapeCase(try ModernLeNet<Double>(classes: 4, using: &generator), ["n": 2, "classes": 4])
    ],
    "LeNet5": [ShapeCase(try LeNet5<Double>(using: &generator), ["n": 2])],
    "ResNet": [ShapeCase(resNet, ["n": 2, "channels": 1, "h": 7, "w": 9, "classes": 5])],
    "MixerBlock": [ShapeCase(block, ["n": 2, "tokens": 5, "channels": 6])],
    "Mixer": [
      ShapeCase(
        try Mixer<Double>(size, image: 8, classes: 5, using: &generator),
        ["n": 2, "image": 8, "classes": 5]
      )
    ],
  ]
}
