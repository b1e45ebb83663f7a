#if canImport(Glibc)
  import CourseKit
  import Foundation
  import LectureEngine
  import XCTest

  /// The memory that training and answering take, in pages that the system hands over.
  final class MemoryTests: XCTestCase {
    /// Minor faults of the process (its number is 0): pages that came anew.
    private func pages() -> Int {
      var usage = rusage()
      getrusage(0, &usage)
      return usage.ru_minflt
    }

    /// That a step takes nothing large from the system once the steps before it have.
    private func checkSteadyState(_ name: Any, step: () throws -> Void) throws {
      Memory.keep()
      var taken: [Int] = []
      for _ in 0..<12 {
        let before = pages()
        try step()
        taken.append(pages() - before)
      }
      // The least activation that counts as large has 16 pages. Gradients lie in tables without an
      // order, so that a step now and then finds its memory in other pieces than the one before.
      XCTAssertLessThan(taken.suffix(6).sorted()[2], 16, "\(name): pages by step, \(taken)")
    }

    private func checkSteadyState<Model: Layer<Float>>(
      _ model: Model,
      _ shape: [Int],
      _ generator: inout Generator
    ) throws {
      var model = model
      var optimizer = SGD<Float>(learningRate: 0.01, momentum: 0.9)
      let loss = SoftmaxCrossEntropy<Float>()
      let input: Tensor<Float> = generator.normal(shape: shape)
      let labels = (0..<shape[0]).map { $0 % 10 }
      try checkSteadyState(Model.self) {
        let (logits, cache) = try model.forward(input, mode: .training)
        let (_, dLogits) = try loss(logits, labels: labels)
        let gradients = try model.parameterGradients(dLogits, cache: cache)
        model.absorb(cache)
        try optimizer.step(&model, gradients)
      }
    }

    func testTrainingInSteadyStateTakesNoMemoryFromTheSystem() throws {
      var generator = Generator(seed: 1)
      try checkSteadyState(BatchNormMLP<Float>(using: &generator), [64, 784], &generator)
      var slides = TwoLayerNet<Float>(
        inputs: 784,
        hidden: 4096,
        classes: 10,
        .kaiming,
        using: &generator
      )
      let digits: Tensor<Float> = generator.normal(shape: [256, 784])
      let labels = (0..<256).map { $0 % 10 }
      try checkSteadyState(TwoLayerNet<Float>.self) {
        _ = try slides.step(digits, labels: labels, learningRate: 0.1)
      }
      // Its activations are larger than what the C library would keep by itself.
      try checkSteadyState(try SimpleCNN<Float>(using: &generator), [4096, 3, 32, 32], &generator)
      try checkSteadyState(
        try ResNet<Float>(.resNet18, width: 32, classes: 10, using: &generator),
        [2, 3, 96, 96],
        &generator
      )
      let size = MixerSize(patch: 16, channels: 128, depth: 2, tokenHidden: 64, channelHidden: 512)
      try checkSteadyState(
        try Mixer<Float>(size, classes: 10, using: &generator),
        [2, 3, 224, 224],
        &generator
      )
    }

    /// The size of the process in bytes, now (`VmRSS`) or at its highest (`VmHWM`).
    private func resident(_ name: String) throws -> Int {
      let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
      let line = try XCTUnwrap(status.split(separator: "\n").first { $0.hasPrefix(name) })
      return try XCTUnwrap(Int(line.split(whereSeparator: { " \t".contains($0) })[1])) * 1024
    }

    /// The most that a call has at once beside what was there before it, in bytes.
    private func peak(of call: () throws -> Void) throws -> Int {
      typealias Trim = @convention(c) (Int) -> Int32
      _ = unsafeBitCast(try XCTUnwrap(dlsym(nil, "malloc_trim")), to: Trim.self)(0)
      try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
      let before = try resident("VmRSS")
      try call()
      return try resident("VmHWM") - before
    }

    /// Beside the weights: the two largest activations and 24 MB to work in, which is what filters
    /// and images take in the form that convolution wants.
    func testAnswersNeedTwoActivationsAndAWorkspace() throws {
      var generator = Generator(seed: 2)
      let model = try ResNet<Float>(.resNet18, using: &generator)
      let images: Tensor<Float> = generator.normal(shape: [8, 3, 224, 224])
      _ = try model(images)
      let largest = 8 * 64 * 112 * 112 * MemoryLayout<Float>.size
      // What else the system hands out meanwhile counts too: the least of several is the need.
      let bytes = try (0..<3).map { _ in try peak { _ = try model(images) } }.min() ?? 0
      XCTAssertLessThan(bytes, 2 * largest + 24_000_000)
      XCTAssertGreaterThan(bytes, largest, "the measure sees nothing")
    }

    func testAnAnswerIsThatOfForwardInEvaluation() throws {
      var generator = Generator(seed: 3)
      func check<Model: Layer<Float>>(_ model: Model, _ shape: [Int]) throws {
        let input: Tensor<Float> = generator.normal(shape: shape)
        let forward = try model.forward(input, mode: .evaluation).output
        XCTAssertEqual(try model(input), forward)
      }
      for shortcut in [ResNetPlan.Shortcut.none, .padding, .projection] {
        try check(
          try ResNet<Float>(
            ResNetPlan(blocks: [1, 1], isBottleneck: true),
            shortcut: shortcut,
            width: 8,
            classes: 5,
            using: &generator
          ),
          [2, 3, 40, 36]
        )
      }
      // By tiles, by frames and with a bias.
      try check(
        try ResNet<Float>(
          ResNetPlan(blocks: [1, 1], isBottleneck: false),
          width: 32,
          classes: 5,
          using: &generator
        ),
        [2, 3, 96, 88]
      )
      try check(
        Sequential(
          try Conv2d(inputs: 3, outputs: 9, kernel: 3, .kaiming, using: &generator),
          BatchNorm(channels: 9),
          ReLU()
        ),
        [2, 3, 9, 7]
      )
      let size = MixerSize(patch: 8, channels: 20, depth: 2, tokenHidden: 10, channelHidden: 30)
      try check(try Mixer<Float>(size, image: 32, classes: 5, using: &generator), [2, 3, 32, 32])
      try check(Residual(Linear(inputs: 7, outputs: 7, .kaiming, using: &generator)), [3, 7])
    }
  }
#endif
