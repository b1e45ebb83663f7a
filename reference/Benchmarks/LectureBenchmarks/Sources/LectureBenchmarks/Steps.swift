import CourseKit
import Foundation
import LectureEngine

/// Forward, backward and update on one batch, as a training loop does it.
func training<Model: Layer<Float>>(
  _ shape: [Int],
  classes: Int,
  _ make: (inout Generator) throws -> Model
) throws -> Workload.Step {
  var generator = Generator(seed: 0)
  var model = try make(&generator)
  var optimizer = SGD<Float>(learningRate: 0.01)
  let loss = SoftmaxCrossEntropy<Float>()
  let input: Tensor<Float> = generator.normal(shape: shape)
  let labels = randomLabels(shape[0], classes, &generator)
  return {
    let (logits, cache) = try model.forward(input, mode: .training)
    let (_, dLogits) = try loss(logits, labels: labels)
    let gradients = try model.parameterGradients(dLogits, cache: cache)
    model.absorb(cache)
    try optimizer.step(&model, gradients)
  }
}

/// The answer of a network to one batch.
func inference<Model: Layer<Float>>(
  _ shape: [Int],
  _ make: (inout Generator) throws -> Model
) throws -> Workload.Step {
  var generator = Generator(seed: 0)
  let model = try make(&generator)
  let input: Tensor<Float> = generator.normal(shape: shape)
  return { _ = try model(input) }
}

/// One batch through the slides' network, written out.
func manualTwoLayers() -> Workload.Step {
  var generator = Generator(seed: 0)
  var net = twoLayerNet(&generator)
  let input: Tensor<Float> = generator.normal(shape: [8, 784])
  let labels = randomLabels(8, 10, &generator)
  return { _ = try net.step(input, labels: labels, learningRate: 0.005) }
}

/// The same with two hidden layers.
func manualThreeLayers() -> Workload.Step {
  var generator = Generator(seed: 0)
  var net = ThreeLayerNet<Float>(
    inputs: 784,
    hidden: (500, 500),
    classes: 10,
    .gaussian(scale: 0.05),
    using: &generator
  )
  let input: Tensor<Float> = generator.normal(shape: [8, 784])
  let labels = randomLabels(8, 10, &generator)
  return { _ = try net.step(input, labels: labels, learningRate: 0.005) }
}

/// All of 60,000 images once, in a new order every time, in batches of 64.
func slidesEpoch() -> Workload.Step {
  var generator = Generator(seed: 0)
  var net = twoLayerNet(&generator)
  let images: Tensor<Float> = generator.normal(shape: [60_000, 784])
  let labels = randomLabels(60_000, 10, &generator)
  return {
    for indices in Batches(of: labels.count, size: 64, shuffledBy: &generator) {
      _ = try net.step(
        images.rows(at: indices),
        labels: indices.map { labels[$0] },
        learningRate: 0.005
      )
    }
  }
}

/// The same with the images as they stand in MNIST's files, a byte for each pixel, normalized batch
/// by batch.
func slidesEpochFromFiles() throws -> Workload.Step {
  var generator = Generator(seed: 0)
  var net = twoLayerNet(&generator)
  let images = try randomDigits(60_000, &generator)
  return {
    for indices in Batches(of: images.count, size: 64, shuffledBy: &generator) {
      _ = try net.step(
        images.rows(at: indices),
        labels: images.labels(at: indices),
        learningRate: 0.005
      )
    }
  }
}

/// Images of 28 x 28 in a pair of files in MNIST's format, as the engine reads it.
private func randomDigits(_ count: Int, _ generator: inout Generator) throws -> ImageSet {
  let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  func words(_ values: [Int]) -> [UInt8] {
    values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }
  }
  let pixels = (0..<count * 784).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
  let labels = randomLabels(count, 10, &generator).map { UInt8($0) }
  let paths = ["images", "labels"].map { folder.appending(path: $0) }
  try Data(words([0x803, count, 28, 28]) + pixels).write(to: paths[0])
  try Data(words([0x801, count]) + labels).write(to: paths[1])
  return try ImageSet.idx(images: paths[0].path, labels: paths[1].path)
}

/// A product of two matrices, each as it lies.
func product(_ shape: [Int]) -> Workload.Step {
  var generator = Generator(seed: 0)
  let a: Tensor<Float> = generator.normal(shape: [shape[0], shape[2]])
  let b: Tensor<Float> = generator.normal(shape: [shape[2], shape[1]])
  return { _ = try a.matmul(b) }
}

private func twoLayerNet(_ generator: inout Generator) -> TwoLayerNet<Float> {
  TwoLayerNet(
    inputs: 784,
    hidden: 500,
    classes: 10,
    .gaussian(scale: 0.05),
    using: &generator
  )
}

private func randomLabels(_ count: Int, _ classes: Int, _ generator: inout Generator) -> [Int] {
  (0..<count).map { _ in Int(generator.next() % UInt64(classes)) }
}
