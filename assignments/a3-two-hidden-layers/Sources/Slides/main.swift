import CourseKit

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

// `swift run slides --data FOLDER`: the training runs that the slides print, number for number, if
// the folder holds the full MNIST. Without --data it runs on the 5,000 digits of CourseKit.

struct Options {
  var folder = MNIST.subset
  var scales: [Float] = [1, 0.1, 0.0001]

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let name = rest.popFirst() {
      switch (name, rest.popFirst()) {
      case ("--data", let value?): folder = value
      case ("--scale", let value?):
        guard let scale = Float(value) else { throw Usage() }
        scales = [scale]
      default: throw Usage()
      }
    }
  }
}

struct Usage: Error, CustomStringConvertible {
  let description = "Usage: swift run slides [--data FOLDER] [--scale NUMBER]"
}

/// One epoch as on the slides: seed 0, batches of 64, learning rate 0.005.
func replay(_ training: Digits, _ test: Digits, scale: Float) throws {
  var generator = Generator(seed: 0)
  var net = OneHiddenLayer(784, 500, 10, scale: scale, using: &generator)
  // At the start of an epoch the slides' framework draws a number that it does not use, and one
  // that seeds another generator, which orders the images.
  _ = generator.integer63()
  var shuffler = Generator(seed: generator.integer63())
  let order = shuffler.permutation(training.count)

  print("Parameters drawn from N(0, 1) times \(scale), \(training.count) images")
  for (number, start) in stride(from: 0, to: training.count, by: 64).enumerated() {
    let chosen = Array(order[start..<min(start + 64, training.count)])
    let loss = try net.step(
      training.images(at: chosen),
      chosen.map { training.labels[$0] },
      learningRate: 0.005
    )
    if number.isMultiple(of: 200) { print("  batch \(number)  loss \(loss)") }
  }
  for (name, digits) in [("training", training), ("test", test)] {
    let (loss, correct) = try evaluate(net, on: digits)
    print("  \(name) digits  loss \(loss)  correct \(correct) of \(digits.count)")
  }
}

/// The mean loss over all digits, and how many get their largest logit at the right place.
func evaluate(_ net: OneHiddenLayer, on digits: Digits) throws -> (loss: Float, correct: Int) {
  var (loss, correct) = (0.0, 0)
  for start in stride(from: 0, to: digits.count, by: 1_000) {
    let chosen = Array(start..<min(start + 1_000, digits.count))
    let logits = try net.forward(digits.images(at: chosen)).z2
    let logProbabilities = logSoftmax(logits)
    for (i, guess) in logits.argmax(axis: 1).enumerated() {
      let label = digits.labels[chosen[i]]
      loss -= Double(logProbabilities[i, label])
      if guess == label { correct += 1 }
    }
  }
  return (Float(loss / Double(digits.count)), correct)
}

#if !os(Windows)
  // Windows knows no lines here.
  setvbuf(stdout, nil, _IOLBF, 0)
#endif
do {
  let options = try Options(Array(CommandLine.arguments.dropFirst()))
  let training = try MNIST.training(in: options.folder)
  let test = try MNIST.test(in: options.folder)
  for scale in options.scales { try replay(training, test, scale: scale) }
} catch {
  print(error)
  exit(1)
}
