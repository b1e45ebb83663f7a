import CourseKit
import TwoHiddenLayers
import TwoHiddenLayersTask

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(CRT)
  import CRT
#elseif canImport(WASILibc)
  import WASILibc
#endif

// `swift run train`: your network learns, and you watch. It calls your `initialize`, `trainSteps`,
// `forward` and `crossEntropy`; at the end your `train` has to reach the same parameters.

/// The digits and what the network makes of them.
struct Run {
  let options: Options
  let test: Digits
  let training: Dataset
  let testing: Dataset

  init(_ options: Options) throws {
    self.options = options
    test = try MNIST.test(in: options.folder)
    training = try MNIST.training(in: options.folder).dataset
    testing = test.dataset
    // After the last epoch it would be too late to find that it cannot be written; what an earlier
    // run left there stays until then.
    if let path = options.lossFile { fclose(try Self.open(path, "a")) }
  }

  func start() throws {
    let sizes = [training.x.shape[1]] + options.hidden + [10]
    var generator = Generator(seed: options.seed)
    let initial = try initialize(options.initializer, sizes: sizes, using: &generator)
    print(
      "\(training.count) digits to learn from, \(testing.count) to be tested on. "
        + "Network \(sizes.map { "\($0)" }.joined(separator: "-")), \(options.initializer), "
        + "batches of \(options.batchSize), learning rate \(options.learningRate)."
    )
    let (loss, accuracy) = try evaluate(initial)
    print("before training: \(result(loss, accuracy))")
    let afterInitialize = generator
    let final = try watch(initial, using: &generator)
    guard options.epochs > 0 else { return }
    try showMistakes(final)
    generator = afterInitialize
    try compare(with: final, from: initial, using: &generator)
  }

  /// All epochs, in pieces small enough to say how it goes.
  private func watch(_ initial: Parameters, using generator: inout Generator) throws -> Parameters {
    let line = ProgressLine()
    let clock = ContinuousClock()
    var (p, all) = (initial, [Double]())
    for epoch in 1...max(options.epochs, 1) where options.epochs > 0 {
      let start = clock.now
      let batches = batches(inOrder: generator.permutation(training.count))
      var losses: [Double] = []
      for first in stride(from: 0, to: batches.count, by: 10) {
        let some = batches[first..<min(first + 10, batches.count)]
        let (next, new) = try trainSteps(
          p,
          batches: some.map { training.batch($0) },
          learningRate: options.learningRate
        )
        p = next
        losses += new
        line.show(epoch: epoch, step: losses.count, of: batches.count, loss: losses.last ?? .nan)
        guard new.allSatisfy(\.isFinite) else {
          line.clear()
          throw Problem(
            "Epoch \(epoch), step \(losses.count): the loss is not a number any more. Smaller "
              + "steps (--rate) or smaller weights (--init) help, if the gradients are right."
          )
        }
      }
      all += losses
      line.clear()
      let (loss, accuracy) = try evaluate(p)
      let time = clock.now - start
      let curve = curve(losses, top: all.max() ?? 1)
      print(
        "epoch \(epoch)  \(curve)  \(result(loss, accuracy))  \(fixed(time / .seconds(1), 1)) s"
      )
    }
    try write(all)
    return p
  }

  private func batches(inOrder order: [Int]) -> [ArraySlice<Int>] {
    stride(from: 0, to: order.count, by: options.batchSize).map {
      order[$0..<min($0 + options.batchSize, order.count)]
    }
  }

  /// Loss and accuracy on the digits that the network has not seen.
  private func evaluate(_ p: Parameters) throws -> (loss: Double, accuracy: Double) {
    let logits = try forward(testing.x, p).logits
    let right = zip(logits.argmax(axis: 1), testing.labels).filter { $0 == $1 }.count
    let loss = try crossEntropy(logits: logits, labels: testing.labels)
    return (loss, Double(right) / Double(testing.count))
  }

  private func result(_ loss: Double, _ accuracy: Double) -> String {
    "test loss \(fixed(loss, 3)), \(fixed(100 * accuracy, 1)) % right"
  }

  /// Three digits that it takes for others.
  private func showMistakes(_ p: Parameters) throws {
    let guesses = try forward(testing.x, p).logits.argmax(axis: 1)
    let wrong = guesses.indices.filter { guesses[$0] != test.labels[$0] }.prefix(3)
    guard !wrong.isEmpty else { return }
    print("\nMistaken for " + wrong.map { "\(guesses[$0])" }.joined(separator: ", ") + ":")
    let sketches = wrong.map { sketch(of: $0, in: test) }
    for row in sketches[0].indices { print(sketches.map { $0[row] }.joined(separator: "  ")) }
  }

  /// Says whether `train` goes the same way.
  private func compare(
    with watched: Parameters,
    from initial: Parameters,
    using generator: inout Generator
  ) throws {
    let p = try train(
      initial,
      on: training,
      epochs: options.epochs,
      batchSize: options.batchSize,
      learningRate: options.learningRate,
      using: &generator
    )
    let pairs = [
      (p.w1, watched.w1), (p.b1, watched.b1), (p.w2, watched.w2), (p.b2, watched.b2),
      (p.w3, watched.w3), (p.b3, watched.b3),
    ]
    let isClose = pairs.allSatisfy { $0.shape == $1.shape && ($0 - $1).squared().sum() < 1e-12 }
    print(
      "\nYour train gets \(fixed(100 * (try evaluate(p).accuracy), 1)) % right, "
        + (isClose
          ? "with the same parameters as the steps above."
          : "but with other parameters than the steps above: which batches should it take?")
    )
  }

  private func write(_ losses: [Double]) throws {
    guard let path = options.lossFile else { return }
    let file = try Self.open(path, "w")
    // A disk can be full at any of these, and is sometimes found to be at the last.
    let isWritten = losses.allSatisfy { fputs("\($0)\n", file) >= 0 }
    guard fclose(file) == 0, isWritten else { throw Self.problem(with: path) }
  }

  private static func open(_ path: String, _ mode: String) throws -> UnsafeMutablePointer<FILE> {
    guard let file = fopen(path, mode) else { throw problem(with: path) }
    return file
  }

  private static func problem(with path: String) -> Problem {
    Problem("\(path): \(String(cString: strerror(errno)))")
  }
}

#if !os(Windows)
  // Windows knows no lines here.
  setvbuf(stdout, nil, _IOLBF, 0)
#endif
do {
  try Run(try Options(Array(CommandLine.arguments.dropFirst()))).start()
} catch {
  print(error)
  exit(1)
}
