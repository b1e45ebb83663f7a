import CourseKit
import LectureEngine
import XCTest

/// The shapes in comments on anything but layers.
///
/// They are written in many ways, so each is repeated here beside the code that runs it: a comment
/// that changes, or a new one, fails until what it says has been run.
final class OtherShapesTests: XCTestCase {
  private var generator = Generator(seed: 17)

  func testEveryOtherParagraphIsRunHere() throws {
    let run = try runParagraphs()
    var found: [String: String] = [:]
    for paragraph in try ShapeParagraph.all() { found[paragraph.place] = paragraph.text }
    XCTAssertEqual(Set(found.keys), Set(run.keys))
    for (place, text) in run { XCTAssertEqual(found[place], "Shapes: " + text, place) }
  }

  func testPropertiesOfTheManualNetworksHaveTheShapesOfTheirComments() throws {
    let declarations = try LayerDeclaration.all()
    func properties(_ name: String) throws -> [String: [String]] {
      try XCTUnwrap(declarations.first { $0.name == name }).properties
    }
    let x: Tensor<Double> = generator.normal(shape: [2, 3])
    let two = TwoLayerNet<Double>(inputs: 3, hidden: 5, classes: 4, .kaiming, using: &generator)
    try check(two, two.forward(x), properties("TwoLayerNet"), ["n": 2, "d": 3, "h": 5, "k": 4], 7)
    let three = ThreeLayerNet<Double>(
      inputs: 3,
      hidden: (5, 7),
      classes: 4,
      .kaiming,
      using: &generator
    )
    let sizes = ["n": 2, "d": 3, "h1": 5, "h2": 7, "k": 4]
    try check(three, three.forward(x), properties("ThreeLayerNet"), sizes, 11)
  }

  private func check(
    _ net: Any,
    _ trace: Any,
    _ properties: [String: [String]],
    _ sizes: [String: Int],
    _ count: Int
  ) throws {
    XCTAssertEqual(properties.count, count)
    let parameters = properties.filter { "wb".contains($0.key.prefix(1)) }
    XCTAssertEqual(try propertyErrors(of: net, against: parameters, with: sizes), [])
    let others = properties.filter { !"wb".contains($0.key.prefix(1)) }
    XCTAssertEqual(try propertyErrors(of: trace, against: others, with: sizes), [])
  }

  /// Every paragraph by its place, after what it says has been checked.
  private func runParagraphs() throws -> [String: String] {
    try runContracts().merging(runLosses()) { $1 }.merging(runImages()) { $1 }
      .merging(runFormulas()) { $1 }
  }

  private func runContracts() throws -> [String: String] {
    let relu = ReLU<Double>()
    XCTAssertEqual(try relu(.zeros(2, 0, 3)).shape, [2, 0, 3])
    let layer = try Linear<Double>(weight: generator.normal(shape: [5, 3]), bias: nil)
    let (output, cache) = try layer.forward(generator.normal(shape: [2, 3]), mode: .training)
    XCTAssertEqual(try layer.backward(output, cache: cache).dInput.shape, [2, 3])
    let weights: Tensor<Double> = Initializer.kaiming.weights(
      shape: [5, 3, 2],
      using: &generator
    )
    XCTAssertEqual(weights.shape, [5, 3, 2])
    return [
      "Activation.swift: protocol Activation":
        "any; the output has the shape of the input. An empty input has an empty output, and NaN "
        + "stays NaN.",
      "Layer.swift: func backward":
        "`dOutput` has the shape of the output, `dInput` that of the input.",
      "Initializer.swift: func weights":
        "`shape` is `[out, in, ...]`, as `Linear` and convolutions store it, unless the numbers of "
        + "inputs and outputs are given.",
    ]
  }

  private func runLosses() throws -> [String: String] {
    let logits: Tensor<Double> = generator.normal(shape: [2, 3])
    XCTAssertEqual(
      try SoftmaxCrossEntropy()(logits, labels: [0, 2]).dLogits.shape,
      [2, 3]
    )
    XCTAssertEqual(
      try MeanSquaredError<Double>()(.zeros(2, 3, 5), target: .ones(2, 3, 5)).dOutput.shape,
      [2, 3, 5]
    )
    let distances: Tensor<Double> = generator.normal(shape: [2, 10])
    XCTAssertEqual(try LeNet5.loss(distances, labels: [1, 9]).dDistances.shape, [2, 10])
    XCTAssertEqual(DigitCodes.tensor(of: Double.self).shape, [10, 84])
    return [
      "SoftmaxCrossEntropy.swift: struct SoftmaxCrossEntropy":
        "`logits` `[n, k]` with `n` labels in `0 ..< k`; the gradient is `[n, k]`.",
      "MeanSquaredError.swift: struct MeanSquaredError":
        "`output` and `target` have the same shape, any; so has the gradient.",
      "LeNet5.swift: static func loss":
        "`distances` `[n, 10]` with `n` labels; the gradient is `[n, 10]`.",
      "DigitCodes.swift: static func tensor": "`[10, 84]`, each code row by row.",
    ]
  }

  private func runImages() throws -> [String: String] {
    let digits = try ImageSet.mnist(.test)
    XCTAssertEqual(digits.images(at: [3, 1, 4], of: Double.self).shape, [3, 1, 28, 28])
    XCTAssertEqual(digits.rows(at: [3, 1, 4], of: Double.self).shape, [3, 784])
    let samples: Tensor<Double> = generator.normal(shape: [5, 2, 3])
    XCTAssertEqual(samples.rows(at: [4, 0, 4, 1]).shape, [4, 2, 3])

    let conv = try Conv2d<Double>(weight: generator.normal(shape: [5, 2, 3, 4]), bias: nil)
    let matrix = try conv.matrix(forImagesOf: Extent(6, 8))
    XCTAssertEqual(matrix.shape, [5 * 4 * 5, 2 * 6 * 8])

    let image: Tensor<Double> = generator.normal(shape: [1, 2, 6, 8])
    let pool = MaxPool2d<Double>(kernel: 2)
    let (pooled, cache) = try pool.forward(image, mode: .training)
    XCTAssertEqual(try pool.unpool(pooled, cache: cache).shape, [1, 2, 6, 8])

    let trace = try Deconvnet([.convolution(conv), .rectification]).trace(image)
    let unit = trace.strongestUnit(ofStep: 1)
    XCTAssertEqual(try trace.reconstruction(from: unit).shape, [1, 2, 6, 8])
    return [
      "ImageSet.swift: func images": "`n` indices give `[n, c, h, w]`.",
      "ImageSet.swift: func rows": "`n` indices give `[n, c * h * w]`.",
      "Tensor+Rows.swift: func rows": "`n` indices into `[m, ...]` give `[n, ...]`.",
      "Conv2d+Matrix.swift: func matrix":
        "for images `[c, h, w]`, the matrix is `[out h' w', c h w]`.",
      "MaxPool2d.swift: func unpool":
        "`values` has the shape of the output, the result that of the input.",
      "Deconvnet.swift: struct Deconvnet":
        "images are `[1, c, h, w]`, and so is a reconstruction.",
    ]
  }

  private func runFormulas() throws -> [String: String] {
    typealias ByHand = BatchNormByHand<Double>
    let x: Tensor<Double> = generator.normal(shape: [4, 3])
    let mean = ByHand.mean(x)
    let variance = ByHand.variance(x, mean: mean)
    let xHat = ByHand.normalize(x, mean: mean, variance: variance, epsilon: 1e-5)
    let gamma: Tensor<Double> = generator.normal(shape: [3])
    let rows = [xHat, ByHand.toy(x), ByHand.dXHat(dU: x, gamma: gamma)]
    XCTAssertEqual(rows.map(\.shape), [[4, 3], [4, 3], [4, 3]])
    let columns = [mean, variance, ByHand.dGamma(dU: x, xHat: xHat), ByHand.dBeta(dU: x)]
    XCTAssertEqual(columns.map(\.shape), [[3], [3], [3], [3]])
    XCTAssertEqual(
      LayerNormByHand.forward(x, gamma: gamma, beta: gamma).shape,
      [4, 3]
    )
    // The sizes of the manual networks are those of the test above.
    let samples = "`x` `[n, d]`."
    let labelled = "`x` `[n, d]`, with `n` labels."
    return [
      "BatchNormByHand.swift: enum BatchNormByHand":
        "`x`, `xHat`, `u`, `dU` and `dXHat` `[m, d]`; all others `[d]`.",
      "LayerNormByHand.swift: static func forward":
        "`x` `[n, d]`; `γ`, `β` `[d]`; the output is `[n, d]`.",
      "TwoLayerNet.swift: struct TwoLayerNet":
        "`n` samples, `d` inputs, `h` hidden units, `k` classes.",
      "TwoLayerNet.swift: func forward": samples,
      "TwoLayerNet.swift: func backward": labelled,
      "ThreeLayerNet.swift: struct ThreeLayerNet":
        "`n` samples, `d` inputs, `h1` and `h2` hidden units, `k` classes.",
      "ThreeLayerNet.swift: func forward": samples,
      "ThreeLayerNet.swift: func backward": labelled,
    ]
  }
}
