import CourseKit
import LectureEngine
import Peak

/// Something to be done again and again.
struct Workload: Sendable {
  typealias Step = () throws -> Void

  /// The name that `torch_baseline.py` gives it.
  let name: String
  /// Makes weights and data, and gives back one step: a batch, or an epoch.
  let make: @Sendable () throws -> Step
}

/// The same names, sizes and batches as in `torch_baseline.py`; weights and data are random.
let workloads =
  [
    Workload(name: "peak") { { _ = peak_work(1_000_000) } },
    Workload(name: "slides-epoch-784-500-10-batch64") { slidesEpoch() },
    Workload(name: "slides-epoch-from-files") { try slidesEpochFromFiles() },
    Workload(name: "mlp-manual-784-500-10-batch8") { manualTwoLayers() },
    Workload(name: "mlp-manual-784-500-500-10-batch8") { manualThreeLayers() },
    Workload(name: "bn-mlp-784-500x4-10-train-batch64") {
      try training([64, 784], classes: 10) { BatchNormMLP(using: &$0) }
    },
    Workload(name: "simple-cnn-train-batch64") {
      try training([64, 3, 32, 32], classes: 10) { try SimpleCNN(using: &$0) }
    },
    Workload(name: "lenet5-train-batch64") {
      try training([64, 1, 32, 32], classes: 10) { try ModernLeNet(using: &$0) }
    },
    Workload(name: "resnet18-infer-batch1") {
      try inference([1, 3, 224, 224]) { try ResNet(.resNet18, using: &$0) }
    },
    Workload(name: "resnet18-infer-batch8") {
      try inference([8, 3, 224, 224]) { try ResNet(.resNet18, using: &$0) }
    },
    Workload(name: "resnet18-train-batch8") {
      try training([8, 3, 224, 224], classes: 1000) { try ResNet(.resNet18, using: &$0) }
    },
    Workload(name: "resnet34-infer-batch1") {
      try inference([1, 3, 224, 224]) { try ResNet(.resNet34, using: &$0) }
    },
    Workload(name: "mixer-s16-infer-batch1") {
      try inference([1, 3, 224, 224]) { try Mixer(.s16, using: &$0) }
    },
    Workload(name: "mixer-s16-train-batch8") {
      try training([8, 3, 224, 224], classes: 1000) { try Mixer(.s16, using: &$0) }
    },
    // Small enough for their instructions to be counted.
    Workload(name: "resnet18-narrow-train-batch2") {
      try training([2, 3, 64, 64], classes: 10) {
        try ResNet(.resNet18, width: 32, classes: 10, using: &$0)
      }
    },
    Workload(name: "mixer-narrow-train-batch2") {
      let size = MixerSize(
        patch: 16,
        channels: 128,
        depth: 1,
        tokenHidden: 64,
        channelHidden: 512
      )
      return try training([2, 3, 224, 224], classes: 10) {
        try Mixer(size, classes: 10, using: &$0)
      }
    },
  ]
  + products.map { shape in
    Workload(name: "gemm-\(shape.map(String.init).joined(separator: "x"))") { product(shape) }
  }

/// The products of matrices in these workloads: rows, columns and the inner extent.
private let products = [
  [8, 500, 784], [64, 500, 784], [64, 500, 500], [784, 500, 64], [196, 2048, 512],
  [196, 512, 2048], [512, 256, 196], [1568, 2048, 512], [1568, 512, 2048], [2048, 512, 1568],
]
